import FoundationEssentials
@testable import Postgres
import TestSupport
import Testing

/// Values that go to the server, are looked at there, and come back.
@Suite struct CodecTests {
  private func roundTrip<Value: PostgresCodable & Hashable>(_ values: [Value?], _ pool: PostgresPool) async throws {
    for value in values {
      let back = try await pool.execute(Echo(value: value))
      #expect(back == [value])
    }
  }

  @Test func everythingComesBackAsItWas() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      try await roundTrip([true, false, nil], pool)
      try await roundTrip([Int16.min, -1, 0, 1, .max, nil], pool)
      try await roundTrip([Int32.min, -1, 0, 1, .max, nil], pool)
      try await roundTrip([Int64.min, -1, 0, 1, .max, nil], pool)
      try await roundTrip([Int.min, -1, 0, 1, .max, nil], pool)
      try await roundTrip([0.0, -0.5, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude], pool)
      try await roundTrip(["", "a", "'; DROP", "\u{1}\u{7F}", "Ünïcødé 世界 👩‍🚀", nil], pool)
      try await roundTrip([String(repeating: "x", count: 100_000)], pool)
      try await roundTrip([UUID(), nil], pool)
      try await roundTrip([PostgresJSON("null"), PostgresJSON("{\"a\": [1, 2]}"), nil], pool)
      try await roundTrip([[UInt8](), [0, 255, 0], Array(repeating: 7, count: 70_000), nil], pool)
      try await roundTrip([[String](), ["a", "", "NULL", "{,}"], nil], pool)
      try await roundTrip([[String?](), ["a", nil, ""], [nil]], pool)
      try await roundTrip([[Int64](), [.min, 0, .max]], pool)
      try await roundTrip([[[UInt8]](), [[], [0], [1, 2]]], pool)
      try await roundTrip([[Bool](), [true, false]], pool)
      try await roundTrip([[UUID]()], pool)
    }
  }

  @Test func timesKeepTheirMicrosecondsAndInfinities() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let times: [PostgresTimestamp?] = [
        .infinity, .negativeInfinity, PostgresTimestamp(microsecondsSince2000: 0),
        PostgresTimestamp(secondsSince1970: 1_629_244_800, nanoseconds: 123_456_000),
        PostgresTimestamp(secondsSince1970: -62_135_596_800), nil,
      ]
      try await roundTrip(times, pool)
      let day = try #require(PostgresDate(year: 2021, month: 8, day: 18))
      try await roundTrip([.infinity, .negativeInfinity, day, nil], pool)
      let text = Select("SELECT ('2021-08-18 12:00:00.000001+00'::timestamptz)", as: PostgresTimestamp.self)
      let time = try await pool.execute(text)[0]
      #expect(time.secondsSince1970 == 1_629_288_000)
      #expect(time.nanoseconds == 1000)
      let early = Select("SELECT '1969-12-31 23:59:59.999999+00'::timestamptz", as: PostgresTimestamp.self)
      let before = try await pool.execute(early)
      #expect(before[0].secondsSince1970 == -1)
      #expect(before[0].nanoseconds == 999_999_000)
      let date = Date(timeIntervalSince1970: 1_629_244_800.25)
      try await roundTrip([date], pool)
      await #expect(throws: PostgresError.self) {
        try await pool.execute(Select("SELECT 'infinity'::timestamptz", as: Date.self))
      }
    }
  }

  @Test func datesAgreeWithTheServersCalendar() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let days = Select(
        "SELECT d::date FROM generate_series('0001-01-01'::timestamp, '2400-03-01', '37 days') d",
        as: PostgresDate.self)
      let texts = Select(
        "SELECT to_char(d, 'YYYY-MM-DD') FROM generate_series('0001-01-01'::timestamp, '2400-03-01', '37 days') d",
        as: String.self)
      let (dates, names) = try await pool.execute(days, texts)
      #expect(dates.map(\.description) == names)
      for date in dates {
        guard let (year, month, day) = date.components else { continue }
        #expect(PostgresDate(year: year, month: month, day: day) == date)
      }
    }
  }

  @Test func numericsAgreeWithTheServersText() async throws {
    let texts = [
      "0", "0.00", "1", "-1", "10000", "9999", "0.0001", "-0.00010", "123456789012345678901234567890.123456789",
      "1000000000000", "0.5", "12.50", "NaN", "Infinity", "-Infinity", "1e0", "100000000", "0.00000001",
    ].filter { $0 != "1e0" }
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      for text in texts {
        let numeric = try #require(PostgresNumeric(text))
        #expect(numeric.description == text)
        try await roundTrip([numeric], pool)
        try await expect([text], from: NumericAsText(value: numeric), on: pool)
        try await expect([numeric], from: Select("SELECT '\(text)'::numeric", as: PostgresNumeric.self), on: pool)
      }
    }
  }

  private struct NumericAsText: PostgresStatement {
    var value: PostgresNumeric
    var sql: String { "SELECT $1::text" }
    func bind(_ parameters: inout PostgresParameters) { parameters.append(value) }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> String { try row.decode() }
  }

  @Test(arguments: ["", "-", ".", "1.", ".5", "1e5", "+1", "1,5", "１", "nan", "--1", "1.2.3"])
  func whatIsNoNumericIsRefused(_ text: String) {
    #expect(PostgresNumeric(text) == nil)
  }

  @Test func textWithANulIsRefusedBeforeItIsSent() async throws {
    let request = Result { () throws(PostgresError) in try StatementRequest(Echo(value: "a\0b")) }
    guard case .failure(let error) = request else { return #expect(Bool(false)) }
    #expect(error.code == .invalidParameter(position: 1, .nulByteInText))
    #expect(!"\(error)".contains("b\""))
  }

  @Test func aWrongTypeIsNamedAndNothingElse() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let error = await #expect(throws: PostgresError.self) {
        try await pool.execute(Select("SELECT 'secret'::text", as: Int.self))
      }
      #expect(error?.code == .decoding(column: 0, .typeMismatch(column: .text)))
      #expect(error?.statement?.contains("Select") == true)
      let null = await #expect(throws: PostgresError.self) {
        try await pool.execute(Select("SELECT NULL::bigint", as: Int.self))
      }
      #expect(null?.code == .decoding(column: 0, .unexpectedNull))
      let range = await #expect(throws: PostgresError.self) {
        try await pool.execute(Select("SELECT 70000::int", as: Int16.self))
      }
      #expect(range?.code == .decoding(column: 0, .malformed))
    }
  }

  @Test func anEnumsLabelIsText() async throws {
    enum Stage: String, PostgresCodable, Hashable { case open, closed }
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await pool.execute(Command("CREATE TYPE stage AS ENUM ('open', 'closed')"))
      try await expect([.open], from: Echo(value: Stage.open, cast: "::stage"), on: pool)
      try await expect([.closed], from: Echo(value: Stage.closed), on: pool)
    }
  }
}
