/// A `jsonb` (or `json`) document as UTF-8 text; reading and writing the JSON is the caller's.
package struct PostgresJSON: Hashable, Sendable {
  package var text: String

  package init(_ text: String) { self.text = text }
}

extension PostgresJSON: PostgresEncodable, PostgresDecodable {
  /// The version byte that comes before the text in `jsonb`'s binary format.
  private static let version: UInt8 = 1

  package static var postgresType: PostgresType { .jsonb }

  package func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    bytes.append(Self.version)
    try text.encode(into: &bytes)
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    switch type {
    case .json:
      text = try bytes.text()
    case .jsonb:
      guard try bytes.integer(UInt8.self) == Self.version else { throw .malformed }
      text = try bytes.extracting(1...).text()
    default:
      throw .typeMismatch(column: type)
    }
  }
}
