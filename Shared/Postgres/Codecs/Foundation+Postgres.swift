package import FoundationEssentials

extension UUID: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .uuid }

  package func encode(into bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: uuid) { unsafe bytes.append(contentsOf: $0) }
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard type == .uuid else { throw .typeMismatch(column: type) }
    guard bytes.byteCount == 16 else { throw .malformed }
    // A `uuid_t` is sixteen bytes of any pattern, and the length was checked.
    self.init(uuid: unsafe bytes.unsafeLoadUnaligned(as: uuid_t.self))
  }
}

/// `timestamptz` to the nearest microsecond. An infinity cannot be a `Date`: reading one throws.
extension Date: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .timestamptz }

  package func encode(into bytes: inout [UInt8]) throws(PostgresEncodingError) {
    let seconds = timeIntervalSince1970 - Double(PostgresTimestamp.epochOffset)
    // The ends of the range are the infinities, which no point in time may turn into.
    guard let microseconds = Int64(exactly: (seconds * 1_000_000).rounded()),
      PostgresTimestamp(microsecondsSince2000: microseconds).isFinite
    else { throw .tooLarge }
    bytes.append(bigEndian: microseconds)
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    let timestamp = try PostgresTimestamp(postgres: bytes, type: type)
    guard timestamp.isFinite else { throw .malformed }
    let seconds = Double(timestamp.microsecondsSince2000) / 1_000_000
    self.init(timeIntervalSince1970: seconds + Double(PostgresTimestamp.epochOffset))
  }
}
