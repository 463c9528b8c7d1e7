extension Bool: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .bool }

  package func encode(into bytes: inout [UInt8]) {
    bytes.append(self ? 1 : 0)
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard type == .bool else { throw .typeMismatch(column: type) }
    self = try bytes.wholeInteger(UInt8.self) != 0
  }
}

extension FixedWidthInteger {
  /// Reads any of the integer types that fits into `Self`.
  init(postgresInteger bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    let value: Int64
    switch type {
    case .int2: value = Int64(try bytes.wholeInteger(Int16.self))
    case .int4: value = Int64(try bytes.wholeInteger(Int32.self))
    case .int8: value = try bytes.wholeInteger(Int64.self)
    default: throw .typeMismatch(column: type)
    }
    guard let exact = Self(exactly: value) else { throw .malformed }
    self = exact
  }
}

extension Int16: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .int2 }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    try self.init(postgresInteger: bytes, type: type)
  }
}

extension Int32: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .int4 }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    try self.init(postgresInteger: bytes, type: type)
  }
}

extension Int64: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .int8 }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    try self.init(postgresInteger: bytes, type: type)
  }
}

extension Int: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .int8 }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: Int64(self)) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    try self.init(postgresInteger: bytes, type: type)
  }
}

extension Double: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .float8 }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: bitPattern) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    switch type {
    case .float8: self = Double(bitPattern: try bytes.wholeInteger(UInt64.self))
    case .float4: self = Double(Float(bitPattern: try bytes.wholeInteger(UInt32.self)))
    default: throw .typeMismatch(column: type)
    }
  }
}

extension String: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .text }

  package func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    let start = bytes.count
    bytes.append(contentsOf: utf8)
    if bytes[start...].contains(0) { throw .nulByteInText }
  }

  /// Reads any text type, JSON text, and the label of an enum.
  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    switch type {
    case .text, .varchar, .bpchar, .name, .json, .unknown: self = try bytes.text()
    case _ where type.isUserDefined: self = try bytes.text()
    default: throw .typeMismatch(column: type)
    }
  }
}
