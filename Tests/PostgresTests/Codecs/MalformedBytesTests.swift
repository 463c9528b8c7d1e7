import FoundationEssentials
@testable import Postgres
import Testing

/// Bytes that no server should send are refused, never read past.
@Suite struct MalformedBytesTests {
  private func decode<Value: PostgresDecodable>(
    _ value: Value.Type,
    _ bytes: [UInt8],
    _ type: PostgresType
  ) -> PostgresDecodingError? {
    do throws(PostgresDecodingError) {
      _ = try Value(postgres: unsafe bytes.span.bytes, type: type)
      return nil
    } catch {
      return error
    }
  }

  @Test func lengthsAreChecked() {
    for count in [0, 1, 3, 5, 7, 9, 15, 17] {
      let bytes = [UInt8](repeating: 0, count: count)
      if count != 1 { #expect(decode(Bool.self, bytes, .bool) == .malformed) }
      #expect(decode(Int.self, bytes, .int8) == .malformed)
      #expect(decode(Double.self, bytes, .float8) == .malformed)
      #expect(decode(UUID.self, bytes, .uuid) == .malformed)
      #expect(decode(PostgresTimestamp.self, bytes, .timestamptz) == .malformed)
      #expect(decode(PostgresDate.self, bytes, .date) == .malformed)
    }
  }

  @Test func everyCutOfAnArrayIsMalformed() throws {
    var bytes: [UInt8] = []
    try ["ab", nil, "c"].encode(into: &bytes)
    #expect(decode([String?].self, bytes, .textArray) == nil)
    for count in 0..<bytes.count { #expect(decode([String?].self, Array(bytes[..<count]), .textArray) == .malformed) }
    #expect(decode([String?].self, bytes + [0], .textArray) == .malformed)
    #expect(decode([String].self, bytes, .textArray) == .unexpectedNull)
  }

  @Test func everyCutOfANumericIsMalformed() throws {
    var bytes: [UInt8] = []
    try #require(PostgresNumeric("12345.678")).encode(into: &bytes)
    #expect(decode(PostgresNumeric.self, bytes, .numeric) == nil)
    for count in 0..<bytes.count {
      #expect(decode(PostgresNumeric.self, Array(bytes[..<count]), .numeric) == .malformed)
    }
    // A digit of 10,000.
    bytes[8] = 0x27
    bytes[9] = 0x10
    #expect(decode(PostgresNumeric.self, bytes, .numeric) == .malformed)
  }

  // Once such a date became `-infinity`, which no `Date` is.
  @Test func noDateIsWrittenAsAnInfinity() throws {
    for end: Int64 in [.min + 1, .min + 100, .max - 1, .max - 100] {
      var bytes: [UInt8] = []
      bytes.append(bigEndian: end)
      let date = try Date(postgres: unsafe bytes.span.bytes, type: .timestamptz)
      #expect(throws: PostgresEncodingError.tooLarge) { try date.encode(into: &bytes) }
    }
  }

  @Test func timesAtTheEndsOfTheRangeHaveParts() throws {
    let first = PostgresTimestamp(microsecondsSince2000: .min + 1)
    #expect(first.nanoseconds == 224_193_000)
    let last = PostgresTimestamp(microsecondsSince2000: .max - 1)
    #expect(last.nanoseconds == 775_806_000)
  }

  // More groups of digits than a signed count of sixteen bits takes.
  @Test func theLongestNumberIsWrittenAndRead() throws {
    let text = String(repeating: "9", count: 131_072) + "." + String(repeating: "7", count: 16_383)
    let number = try #require(PostgresNumeric(text))
    var bytes: [UInt8] = []
    number.encode(into: &bytes)
    #expect(try PostgresNumeric(postgres: unsafe bytes.span.bytes, type: .numeric) == number)
    #expect(decode(PostgresNumeric.self, [0xFF, 0xFF, 0, 0, 0, 0, 0, 0], .numeric) == .malformed)
  }

  @Test(
    arguments: [
      [0, 0, 0, 0, 0x40, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 2, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0],
    ] as [[UInt8]])
  func numbersThatAreNotNormalisedAreMalformed(_ bytes: [UInt8]) {
    #expect(decode(PostgresNumeric.self, bytes, .numeric) == .malformed)
  }

  @Test func hugeArrayCountsReserveNothing() {
    let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1]
    #expect(decode([String].self, header, .textArray) == .malformed)
  }

  @Test func textMustBeUTF8() {
    #expect(decode(String.self, [0xFF, 0xFE], .text) == .malformed)
    #expect(decode(PostgresJSON.self, [2, 0x7B], .jsonb) == .malformed)
    #expect(decode(PostgresJSON.self, [], .jsonb) == .malformed)
  }

  @Test(arguments: [
    (2021, 2, 29), (2021, 13, 1), (2021, 0, 1), (2021, 4, 31), (1900, 2, 29), (10_000, 1, 1), (2021, 1, 0),
  ])
  func daysThatDoNotExist(year: Int, month: Int, day: Int) {
    #expect(PostgresDate(year: year, month: month, day: day) == nil)
  }

  @Test func timesOutOfRangeBecomeInfinities() {
    #expect(PostgresTimestamp(secondsSince1970: .max) == .infinity)
    #expect(PostgresTimestamp(secondsSince1970: .min) == .negativeInfinity)
    #expect(PostgresTimestamp.infinity.secondsSince1970 == nil)
    #expect(PostgresTimestamp.negativeInfinity.nanoseconds == 0)
  }
}
