package import NIOCore

/// Decompresses one message after another, each on its own; keeps zlib's state between them.
package struct Decompressor: ~Copyable, Sendable {
  private var stream: ZlibStream
  private let format: CompressionFormat

  /// - Throws: `.outOfMemory`.
  package init(_ format: CompressionFormat) throws(CompressionError) {
    self.format = format
    stream = try ZlibStream(.inflate, format: format, level: 0)
  }

  /// Decompresses a whole message. Never holds more than `limit` bytes and one of output.
  ///
  /// Several gzip members in a row count as one message (RFC 1952 §2.2).
  ///
  /// - Throws: ``CompressionError``; the context can be used again.
  package mutating func decompress(_ message: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
    let result = unsafe message.withUnsafeBytes { bytes in
      unsafe Self.decompress(bytes, limit: limit, format: format, with: &stream)
    }
    return try result.get()
  }

  /// Decompresses the readable bytes of a buffer, which is left as it is.
  ///
  /// - Throws: as ``decompress(_:limit:)-([UInt8],_)``.
  package mutating func decompress(_ message: ByteBuffer, limit: Int) throws(CompressionError) -> ByteBuffer {
    let result = unsafe message.withUnsafeReadableBytes { bytes in
      unsafe Self.decompress(bytes, limit: limit, format: format, with: &stream)
    }
    return ByteBuffer(bytes: try result.get())
  }

  private static func decompress(
    _ input: UnsafeRawBufferPointer,
    limit: Int,
    format: CompressionFormat,
    with stream: inout ZlibStream
  ) -> Result<[UInt8], CompressionError> {
    defer { stream.reset() }
    // One byte of room beyond the limit tells "exactly the limit" from "more than the limit".
    let most = max(limit, 0) + 1
    var output = [UInt8](repeating: 0, count: min(most, max(input.count * 4, 256)))
    var consumed = 0
    var produced = 0
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: input[consumed...])
      let run = unsafe output.withUnsafeMutableBytes { room in
        unsafe stream.run(rest, into: UnsafeMutableRawBufferPointer(rebasing: room[produced...]))
      }
      consumed += run.consumed
      produced += run.produced
      if produced > limit { return .failure(.outputLimitExceeded(limit: limit)) }
      switch run.step {
      case .end:
        if consumed < input.count {
          guard format == .gzip else { return .failure(.corrupt) }
          stream.reset()
          continue
        }
        output.removeLast(output.count - produced)
        return .success(output)
      case .progress, .stalled:
        if produced < output.count {
          // There was room, so it is input that lacks.
          if consumed == input.count { return .failure(.truncated) }
        } else {
          let growth = min(max(output.count, 256), most - output.count)
          output.append(contentsOf: repeatElement(0, count: growth))
        }
      case .corrupt: return .failure(.corrupt)
      case .outOfMemory: return .failure(.outOfMemory)
      }
    }
  }
}
