/// A value that can be a statement's parameter, in PostgreSQL's binary format.
package protocol PostgresEncodable: Sendable {
  /// The type that the parameter is declared with. Cast in the SQL text (`$1::my_enum`) where another is needed.
  static var postgresType: PostgresType { get }

  /// Appends the binary form to `bytes`.
  func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError)
}

/// A value that can be read from a column, from PostgreSQL's binary format.
package protocol PostgresDecodable: Sendable {
  /// Reads a value of the column type `type` from `bytes`.
  init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError)
}

/// A value that goes both ways.
package typealias PostgresCodable = PostgresDecodable & PostgresEncodable

/// Why a value cannot be a parameter. Never carries the value.
package enum PostgresEncodingError: Error, Hashable {
  /// PostgreSQL's text types cannot hold U+0000.
  case nulByteInText
  /// More than the binary format can count.
  case tooLarge
}

/// Why a column could not be read as the type asked for. Never carries the value.
package enum PostgresDecodingError: Error, Hashable {
  case noSuchColumn
  case unexpectedNull
  /// The column has the type with this object identifier, which the Swift type cannot be read from.
  case typeMismatch(column: PostgresType)
  /// The bytes are not what the type's binary format allows, or out of the Swift type's range.
  case malformed
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
  package static var postgresType: PostgresType { RawValue.postgresType }

  package func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    try rawValue.encode(into: &bytes)
  }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard let value = Self(rawValue: try RawValue(postgres: bytes, type: type)) else { throw .malformed }
    self = value
  }
}
