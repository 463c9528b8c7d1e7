@testable import Postgres
import TestSupport
import Testing

/// Composite values in arrays: what belongs to a row, in one column of it.
@Suite struct CompositeTests {
  private struct Pair: Equatable {
    var number: Int32
    var words: [String]?
  }

  /// One row: a number, pairs, and a number after them.
  private struct SelectPairs: PostgresStatement {
    var pairs: String
    var sql: String { "SELECT 1, \(pairs), 2" }

    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [Pair] {
      let first: Int32 = try row.decode()
      let pairs = try row.records { (record) throws(PostgresError) in
        Pair(number: try record.decode(), words: try record.decode())
      }
      let last: Int32 = try row.decode()
      #expect((first, last) == (1, 2))
      return pairs
    }
  }

  @Test func theFieldsOfEachAreReadInOrder() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let three =
        "ARRAY(SELECT ROW(n, CASE n WHEN 2 THEN NULL ELSE ARRAY['é', n::text] END) FROM generate_series(1, 3) n)"
      let pairs = [Pair(number: 1, words: ["é", "1"]), Pair(number: 2), Pair(number: 3, words: ["é", "3"])]
      try await expect([pairs], from: SelectPairs(pairs: three), on: pool)
      try await expect([[]], from: SelectPairs(pairs: "ARRAY(SELECT ROW(1, ARRAY['']) WHERE false)"), on: pool)
      try await expect([[]], from: SelectPairs(pairs: "'{}'::record[]"), on: pool)
      // What nobody reads of a record is passed over.
      let wide = "ARRAY[ROW(1, NULL::text[], 'more'), ROW(2, NULL::text[], 'more')]"
      try await expect([[Pair(number: 1), Pair(number: 2)]], from: SelectPairs(pairs: wide), on: pool)
    }
  }

  @Test(arguments: [
    ("NULL::record[]", PostgresDecodingError.unexpectedNull),
    ("ARRAY[NULL::record]", .unexpectedNull),
    ("ARRAY[ROW(NULL::int, ARRAY['a'])]", .unexpectedNull),
    ("ARRAY[ROW(1)]", .noSuchColumn),
    ("ARRAY[ROW('a'::text, ARRAY['a'])]", .typeMismatch(column: .text)),
    ("ARRAY[1]", .malformed),
    ("ARRAY[ARRAY[ROW(1, ARRAY['a'])]]", .malformed),
  ])
  func whatIsNoPairIsRefused(_ pairs: String, _ expected: PostgresDecodingError) async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let error = await #expect(throws: PostgresError.self) { try await pool.execute(SelectPairs(pairs: pairs)) }
      guard case .decoding(_, let actual) = error?.code else { return }
      #expect(actual == expected)
    }
  }

  @Test func everyCutOfAnArrayIsMalformed() throws {
    // One record of one field, the int4 7, as `array_send` writes it.
    let words: [UInt32] = [1, 0, PostgresType.record.rawValue, 1, 1, 16, 1, PostgresType.int4.rawValue, 4, 7]
    var bytes: [UInt8] = []
    for word in words { bytes.append(bigEndian: word) }
    #expect(try numbers(bytes) == [7])
    for count in 0..<bytes.count {
      #expect(throws: PostgresDecodingError.malformed) { try numbers(Array(bytes[..<count])) }
    }
    // A field that is longer than its record, within the array.
    var long = bytes + [0, 0, 0, 0]
    long.overwrite(bigEndian: UInt32(8), at: 32)
    #expect(throws: PostgresDecodingError.malformed) { try numbers(long) }
  }

  private func numbers(_ bytes: [UInt8]) throws(PostgresDecodingError) -> [Int32?] {
    let array = unsafe bytes.span.bytes
    var numbers: [Int32?] = []
    var offset = CompositeFormat.firstElement
    for _ in 0..<(try CompositeFormat.count(array)) {
      var fields = try CompositeFormat.fields(array, at: offset)
      numbers.append(try fields.next(Int32.self, in: array))
      offset = fields.end
    }
    return numbers
  }
}
