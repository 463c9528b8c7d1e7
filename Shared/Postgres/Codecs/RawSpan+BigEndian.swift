extension RawSpan {
  /// The integer in network byte order at `offset`.
  func integer<I: FixedWidthInteger & BitwiseCopyable>(
    _ type: I.Type = I.self,
    at offset: Int = 0
  ) throws(PostgresDecodingError) -> I {
    guard offset >= 0, byteCount - offset >= MemoryLayout<I>.size else { throw .malformed }
    // Any bit pattern is a valid fixed-width integer, and the bounds were checked.
    return I(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: I.self))
  }

  /// The whole span as one integer in network byte order.
  func wholeInteger<I: FixedWidthInteger & BitwiseCopyable>(
    _ type: I.Type = I.self
  ) throws(PostgresDecodingError) -> I {
    guard byteCount == MemoryLayout<I>.size else { throw .malformed }
    return try integer(I.self)
  }

  /// The bytes as an array.
  var copied: [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      unsafe withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
        count = source.count
      }
    }
  }

  /// The bytes as UTF-8 text.
  func text() throws(PostgresDecodingError) -> String {
    let view = unsafe _unsafeView(as: UInt8.self)
    do {
      return String(copying: try UTF8Span(validating: view))
    } catch {
      throw .malformed
    }
  }
}

extension [UInt8] {
  /// Appends `value` in network byte order.
  mutating func append<I: FixedWidthInteger>(bigEndian value: I) {
    unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
  }

  /// Writes `value` in network byte order over the bytes at `offset`.
  mutating func overwrite<I: FixedWidthInteger>(bigEndian value: I, at offset: Int) {
    for index in 0..<I.bitWidth / 8 {
      self[offset + index] = UInt8(truncatingIfNeeded: value >> (I.bitWidth - 8 * (index + 1)))
    }
  }
}
