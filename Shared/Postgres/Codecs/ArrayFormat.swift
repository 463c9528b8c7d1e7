/// The binary format of arrays (`array_send`, `array_recv`): number of dimensions, a flag for NULLs, the element
/// type, then length and lower bound of each dimension, then each element with its length.
enum ArrayFormat {
  /// PostgreSQL holds no array of more elements (`MaxArraySize` is below this).
  private static let maximumCount = Int(Int32.max)

  static func encode<Element: PostgresEncodable>(
    _ array: [Element],
    into bytes: inout [UInt8]
  ) throws(PostgresEncodingError) {
    try encodeHeader(count: array.count, hasNull: false, type: Element.postgresType, into: &bytes)
    for element in array { try encode(element, into: &bytes) }
  }

  static func encode<Element: PostgresEncodable>(
    _ array: [Element?],
    into bytes: inout [UInt8]
  ) throws(PostgresEncodingError) {
    let hasNull = array.contains { $0 == nil }
    try encodeHeader(count: array.count, hasNull: hasNull, type: Element.postgresType, into: &bytes)
    for element in array {
      if let element {
        try encode(element, into: &bytes)
      } else {
        bytes.append(bigEndian: Int32(-1))
      }
    }
  }

  /// Reads a one-dimensional (or empty) array; each element goes through `transform`.
  static func decode<Element: PostgresDecodable, Result>(
    _ bytes: RawSpan,
    _ transform: (Element?) throws(PostgresDecodingError) -> Result
  ) throws(PostgresDecodingError) -> [Result] {
    let dimensions = try bytes.integer(Int32.self)
    if dimensions == 0 { return [] }
    guard dimensions == 1 else { throw .malformed }
    let type = PostgresType(rawValue: try bytes.integer(UInt32.self, at: 8))
    let count = Int(try bytes.integer(Int32.self, at: 12))
    // Each element takes at least its length, so a count that the bytes cannot hold reserves nothing.
    guard count >= 0, count <= (bytes.byteCount - 20) / 4 else { throw .malformed }
    var result: [Result] = []
    result.reserveCapacity(count)
    var offset = 20
    for _ in 0..<count {
      result.append(try transform(try element(Element.self, in: bytes, at: &offset, type: type)))
    }
    guard offset == bytes.byteCount else { throw .malformed }
    return result
  }

  private static func encodeHeader(
    count: Int,
    hasNull: Bool,
    type: PostgresType,
    into bytes: inout [UInt8]
  ) throws(PostgresEncodingError) {
    guard count <= maximumCount else { throw .tooLarge }
    bytes.append(bigEndian: Int32(count == 0 ? 0 : 1))
    bytes.append(bigEndian: Int32(hasNull ? 1 : 0))
    bytes.append(bigEndian: type.rawValue)
    if count == 0 { return }
    bytes.append(bigEndian: Int32(count))
    bytes.append(bigEndian: Int32(1))
  }

  private static func encode<Element: PostgresEncodable>(
    _ element: Element,
    into bytes: inout [UInt8]
  ) throws(PostgresEncodingError) {
    let start = bytes.count
    bytes.append(bigEndian: Int32(0))
    try element.encode(into: &bytes)
    bytes.overwrite(bigEndian: Int32(bytes.count - start - 4), at: start)
  }

  private static func element<Element: PostgresDecodable>(
    _ element: Element.Type,
    in bytes: RawSpan,
    at offset: inout Int,
    type: PostgresType
  ) throws(PostgresDecodingError) -> Element? {
    let length = Int(try bytes.integer(Int32.self, at: offset))
    offset += 4
    if length == -1 { return nil }
    guard length >= 0, length <= bytes.byteCount - offset else { throw .malformed }
    defer { offset += length }
    return try Element(postgres: bytes.extracting(offset..<offset + length), type: type)
  }
}
