package import NIOCore

/// Compresses one message after another, each on its own; keeps zlib's state between them.
///
/// A context holds about 256 KiB: make one per stream that compresses, not per message.
package struct Compressor: ~Copyable, Sendable {
  private var stream: ZlibStream

  /// - Parameter level: 0 (store) to 9 (smallest); 6 is zlib's own default.
  /// - Throws: `.outOfMemory`.
  package init(_ format: CompressionFormat, level: Int = 6) throws(CompressionError) {
    stream = try ZlibStream(.deflate, format: format, level: Int32(min(max(level, 0), 9)))
  }

  /// Compresses a whole message; an empty one has a valid, non-empty form.
  ///
  /// - Throws: `.outOfMemory`. The context can be used again.
  package mutating func compress(_ message: [UInt8]) throws(CompressionError) -> [UInt8] {
    let result = unsafe message.withUnsafeBytes { bytes in unsafe Self.compress(bytes, with: &stream) }
    return try result.get()
  }

  /// Compresses the readable bytes of a buffer, which is left as it is.
  ///
  /// - Throws: as ``compress(_:)-([UInt8])``.
  package mutating func compress(_ message: ByteBuffer) throws(CompressionError) -> ByteBuffer {
    let result = unsafe message.withUnsafeReadableBytes { bytes in unsafe Self.compress(bytes, with: &stream) }
    return ByteBuffer(bytes: try result.get())
  }

  private static func compress(
    _ input: UnsafeRawBufferPointer,
    with stream: inout ZlibStream
  ) -> Result<[UInt8], CompressionError> {
    defer { stream.reset() }
    var output = [UInt8](repeating: 0, count: stream.bound(input.count))
    var consumed = 0
    var produced = 0
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: input[consumed...])
      let run = unsafe output.withUnsafeMutableBytes { room in
        unsafe stream.run(rest, into: UnsafeMutableRawBufferPointer(rebasing: room[produced...]))
      }
      consumed += run.consumed
      produced += run.produced
      switch run.step {
      case .end:
        output.removeLast(output.count - produced)
        return .success(output)
      case .progress, .stalled: output.append(contentsOf: repeatElement(0, count: max(output.count, 64)))
      case .corrupt, .outOfMemory: return .failure(.outOfMemory)
      }
    }
  }
}
