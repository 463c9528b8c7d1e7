/// The binary format of composite values (`record_send`): the number of fields, then of each its type, its length, or -1
/// for NULL, and its bytes. In an array (see ``ArrayFormat``) each comes after its own length.
enum CompositeFormat {
  /// The length of an array's header, after which its elements begin.
  static let firstElement = 20

  /// The number of elements of a one-dimensional (or empty) array of composite values.
  static func count(_ array: RawSpan) throws(PostgresDecodingError) -> Int {
    let dimensions = try array.integer(Int32.self)
    if dimensions == 0 { return 0 }
    guard dimensions == 1, PostgresType(rawValue: try array.integer(UInt32.self, at: 8)) == .record else {
      throw .malformed
    }
    let count = Int(try array.integer(Int32.self, at: 12))
    guard count >= 0, count <= (array.byteCount - firstElement) / 4 else { throw .malformed }
    return count
  }

  /// Where the fields are of the element of an array that begins at `offset`.
  static func fields(_ array: RawSpan, at offset: Int) throws(PostgresDecodingError) -> FieldCursor {
    let length = Int(try array.integer(Int32.self, at: offset))
    if length == -1 { throw .unexpectedNull }
    let start = offset + 4
    guard length >= 4, length <= array.byteCount - start else { throw .malformed }
    return FieldCursor(offset: start + 4, end: start + length, left: try array.integer(Int32.self, at: start))
  }
}

/// How far the fields of a composite value have been read.
struct FieldCursor {
  var offset: Int
  /// Where the value ends.
  let end: Int
  /// The number of fields not yet read.
  var left: Int32

  /// Reads the next field; NULL is `nil`.
  mutating func next<Value: PostgresDecodable>(
    _: Value.Type, in bytes: RawSpan
  ) throws(PostgresDecodingError) -> Value? {
    guard left > 0 else { throw .noSuchColumn }
    let type = PostgresType(rawValue: try bytes.integer(UInt32.self, at: offset))
    let length = Int(try bytes.integer(Int32.self, at: offset + 4))
    let start = offset + 8
    left -= 1
    offset = start + max(length, 0)
    if length == -1 { return nil }
    guard length >= 0, offset <= end else { throw .malformed }
    return try Value(postgres: bytes.extracting(start..<offset), type: type)
  }
}
