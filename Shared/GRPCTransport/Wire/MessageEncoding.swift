package import Compression
internal import HTTP2

/// A `grpc-encoding`: how messages whose compressed flag is set are compressed.
package enum MessageEncoding: Hashable, Sendable, CaseIterable {
  case identity
  case gzip
  case deflate

  /// What a peer is told of the encodings understood here.
  package static let acceptedNames: StaticString = "identity,deflate,gzip"

  package init?(name: ArraySlice<UInt8>) {
    if name.equals("identity") {
      self = .identity
    } else if name.equals("gzip") {
      self = .gzip
    } else if name.equals("deflate") {
      self = .deflate
    } else {
      return nil
    }
  }

  package var name: StaticString {
    switch self {
    case .identity: "identity"
    case .gzip: "gzip"
    case .deflate: "deflate"
    }
  }

  private var format: CompressionFormat? {
    switch self {
    case .identity: nil
    case .gzip: .gzip
    case .deflate: .deflate
    }
  }

  package func compress(_ message: [UInt8]) throws(CompressionError) -> [UInt8] {
    guard let format = self.format else { return message }
    var compressor = try Compressor(format)
    return try compressor.compress(message)
  }

  /// - Parameter limit: The longest acceptable result in bytes.
  package func decompress(_ message: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
    guard let format = self.format else { return message }
    var decompressor = try Decompressor(format)
    return try decompressor.decompress(message, limit: limit)
  }
}
