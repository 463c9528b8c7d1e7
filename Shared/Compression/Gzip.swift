/// One message, compressed or decompressed with a context of its own.
package enum Gzip {
  /// - Throws: ``CompressionError/outOfMemory``.
  package static func compress(_ message: [UInt8], level: Int = 6) throws(CompressionError) -> [UInt8] {
    var compressor = try Compressor(.gzip, level: level)
    return try compressor.compress(message)
  }

  /// - Parameter limit: the longest acceptable result, in bytes.
  /// - Throws: ``CompressionError``.
  package static func decompress(_ message: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
    var decompressor = try Decompressor(.gzip)
    return try decompressor.decompress(message, limit: limit)
  }
}
