import Policy
import PolicyPostgres
import Postgres

// Vocabularies of the policy are stored as its own numbers, sets of them as bits, days as dates with infinities: as its
// conditions on rows have it.

extension PostgresRow {
  /// The next column, the number of a word of a vocabulary.
  mutating func code<Code: PolicyCode>(_: Code.Type = Code.self) throws(PostgresError) -> Code {
    let number: Int16 = try decode()
    guard let value = UInt8(exactly: number), let code = Code(rawValue: value) else {
      throw PostgresError(.decoding(column: 0, .malformed))
    }
    return code
  }

  /// The next column, the bits of a set of words.
  mutating func codes<Code: PolicyCode>() throws(PostgresError) -> CodeSet<Code> {
    let bits: Int32 = try decode()
    return CodeSet(rawValue: UInt16(truncatingIfNeeded: bits)).intersection(.all)
  }

  /// The next two columns.
  mutating func days() throws(PostgresError) -> Period<Day> {
    Period(from: Day(try decode(PostgresDate.self)), until: Day(try decode(PostgresDate.self)))
  }

  mutating func party() throws(PostgresError) -> PartyID {
    guard let party = PartyID(try decode(String.self)) else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return party
  }

  mutating func parties() throws(PostgresError) -> [PartyID] { try decode([String].self).compactMap { PartyID($0) } }
}
