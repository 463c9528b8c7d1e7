import FoundationEssentials

@testable import Postgres

extension FuzzTarget {
  /// Reads columns. The first byte: what is asked for; the next two: the column's type.
  static let postgresValues = FuzzTarget(name: "postgres-values") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let reading = input.choice(of: readings)
    let type = input.choice(of: types)
    try reading(input.bytes, type)
  }

  private typealias Reading = @Sendable ([UInt8], PostgresType) throws(FuzzFinding) -> Void

  private static let types: [PostgresType] = [
    .bool, .bytea, .name, .int8, .int2, .int4, .text, .json, .float4, .float8, .unknown, .bpchar, .varchar, .date,
    .timestamp, .timestamptz, .numeric, .uuid, .jsonb, .boolArray, .byteaArray, .int2Array, .int4Array, .textArray,
    .int8Array, .float8Array, .dateArray, .timestamptzArray, .numericArray, .uuidArray, .jsonbArray,
    PostgresType(rawValue: 20_000),
  ]

  private static let readings: [Reading] = [
    read(Bool.self), read(Int16.self), read(Int32.self), read(Int64.self), read(Int.self), read(Double.self),
    read(String.self), read(UUID.self), read(PostgresJSON.self), read([UInt8].self),
    read(PostgresDate.self) { date throws(FuzzFinding) in
      guard let parts = date.components, (-4712...9999).contains(parts.year) else { return }
      try hold(PostgresDate(year: parts.year, month: parts.month, day: parts.day) == date, "a date changes")
    },
    read(PostgresTimestamp.self) { time throws(FuzzFinding) in
      try hold((0..<1_000_000_000).contains(time.nanoseconds), "a part of a second of \(time.nanoseconds) ns")
      // The first second of the range begins before it.
      guard let seconds = time.secondsSince1970, time.microsecondsSince2000 >= .min + 1_000_000 else { return }
      try hold(PostgresTimestamp(secondsSince1970: seconds, nanoseconds: time.nanoseconds) == time, "a time changes")
    },
    read(Date.self), read(PostgresNumeric.self, numeric), read([Bool].self), read([Int16].self), read([Int32?].self),
    read([Int64].self), read([Double].self), read([String?].self), read([UUID].self), read([PostgresTimestamp].self),
    read([PostgresNumeric?].self), read([[UInt8]].self), read([PostgresJSON].self), read([PostgresDate].self),
    decimalText,
  ]

  /// What can be read can be written, and what was written is read as the same bytes.
  private static func read<Value: PostgresCodable>(
    _ value: Value.Type, _ more: @escaping @Sendable (Value) throws(FuzzFinding) -> Void = { _ throws(FuzzFinding) in }
  ) -> Reading {
    { bytes, type throws(FuzzFinding) in
      guard let value = Value(column: bytes, type) else { return }
      try more(value)
      var once: [UInt8] = []
      var twice: [UInt8] = []
      do {
        try value.encode(into: &once)
      } catch {
        // Text with a NUL, and a `Date` at the very ends of what a timestamp can hold, are refused.
        return
      }
      guard (try? Value(column: once, Value.postgresType)?.encode(into: &twice)) != nil else {
        throw FuzzFinding("a value that was written cannot be read")
      }
      try hold(once == twice, "a value changes on its way")
    }
  }

  private static func numeric(_ number: PostgresNumeric) throws(FuzzFinding) {
    // The text of the largest is a hundred kilobytes: a sample will do.
    guard number.isFinite, number.weight < 50, number.scale < 200 else { return }
    let text = number.description
    // The server sends no digits beyond the scale; with such the text of a negative number may be zero's.
    let isZero = !text.utf8.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    let expected = isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    try hold(PostgresNumeric(text)?.description == expected, "a number changes in text: \(text.prefix(80))")
  }

  private static let decimalText: Reading = { bytes, _ throws(FuzzFinding) in
    guard let number = PostgresNumeric(String(decoding: bytes, as: UTF8.self)) else { return }
    var encoded: [UInt8] = []
    number.encode(into: &encoded)
    let back = PostgresNumeric(column: encoded, .numeric)
    try hold(back == number, "a number from text changes on its way")
  }
}

extension PostgresDecodable {
  /// Nil when the bytes are not a value of the type.
  fileprivate init?(column bytes: [UInt8], _ type: PostgresType) {
    guard let value = try? Self(postgres: unsafe bytes.span.bytes, type: type) else { return nil }
    self = value
  }
}
