/// What `[Element]` may be sent and read as.
///
/// Most elements are stored in a one-dimensional PostgreSQL array, NULL elements as `Optional`; `[UInt8]` is `bytea`.
package protocol PostgresArrayElement: Sendable {
  static var arrayType: PostgresType { get }
  static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) throws(PostgresEncodingError)
  static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) -> [Self]
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
  package static var postgresType: PostgresType { Element.arrayType }

  package func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    try Element.encodeArray(self, into: &bytes)
  }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    self = try Element.decodeArray(bytes, type: type)
  }
}

extension UInt8: PostgresArrayElement {
  package static var arrayType: PostgresType { .bytea }

  package static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) {
    bytes.append(contentsOf: array)
  }

  package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) -> [Self] {
    guard type == .bytea else { throw .typeMismatch(column: type) }
    return bytes.copied
  }
}

extension PostgresArrayElement where Self: PostgresCodable {
  package static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    try ArrayFormat.encode(array, into: &bytes)
  }

  package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) -> [Self] {
    try ArrayFormat.decode(bytes) { (element: Self?) throws(PostgresDecodingError) in
      guard let element else { throw .unexpectedNull }
      return element
    }
  }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresCodable {
  package static var arrayType: PostgresType { Wrapped.arrayType }

  package static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    try ArrayFormat.encode(array, into: &bytes)
  }

  package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) -> [Self] {
    try ArrayFormat.decode(bytes) { (element: Wrapped?) throws(PostgresDecodingError) in element }
  }
}
