import AIP
import Policy
import PolicyPostgres
import Postgres

// Vocabularies are stored as the contract's numbers, sets of them as bits, times with infinities.

extension Organisation.Kind: PostgresEncodable, PostgresDecodable {}

extension PostgresRow {
  /// The next column, the number of a word of a vocabulary.
  mutating func code<Code: PolicyCode>(_: Code.Type = Code.self) throws(PostgresError) -> Code {
    let number: Int16 = try decode()
    guard let code = Code(number: number) else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return code
  }

  /// The next column, the bits of a set of words.
  mutating func codes<Code: PolicyCode>() throws(PostgresError) -> CodeSet<Code> {
    let bits: Int16 = try decode()
    return CodeSet(rawValue: UInt16(bitPattern: bits)).intersection(.all)
  }

  mutating func optionalCodes<Code: PolicyCode>() throws(PostgresError) -> CodeSet<Code>? {
    try decode(Int16?.self).map { CodeSet(rawValue: UInt16(bitPattern: $0)).intersection(.all) }
  }

  mutating func time() throws(PostgresError) -> PolicyTime { PolicyTime(try decode(PostgresTimestamp.self)) }

  /// The next two columns.
  mutating func period() throws(PostgresError) -> Period<PolicyTime> { Period(from: try time(), until: try time()) }

  /// The next column, a party.
  mutating func party() throws(PostgresError) -> PartyID {
    guard let party = try optionalParty() else { throw PostgresError(.decoding(column: 0, .unexpectedNull)) }
    return party
  }

  mutating func optionalParty() throws(PostgresError) -> PartyID? {
    guard let text = try decode(String?.self) else { return nil }
    guard let party = PartyID(text) else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return party
  }
}

extension PostgresParameters {
  mutating func append(_ code: some PolicyCode) { append(code.number) }

  mutating func append<Code: PolicyCode>(_ codes: CodeSet<Code>) { append(Int16(bitPattern: codes.rawValue)) }

  mutating func append<Code: PolicyCode>(_ codes: CodeSet<Code>?) {
    append(codes.map { Int16(bitPattern: $0.rawValue) })
  }

  mutating func append(_ time: PolicyTime) { append(PostgresTimestamp(time)) }

  mutating func append(_ period: Period<PolicyTime>) {
    append(period.from)
    append(period.until)
  }

  mutating func append(_ party: PartyID) { append(party.description) }

  mutating func append(_ party: PartyID?) { append(party?.description) }
}
