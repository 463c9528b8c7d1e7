import Postgres
import Testing

/// `SELECT $1 …`: sends a value there and back.
struct Echo<Value: PostgresCodable & Hashable>: PostgresStatement {
  var value: Value?
  var cast = ""
  var sql: String { "SELECT $1\(cast)" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(value) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Value? { try row.decode() }
}

/// Any text that yields one column.
struct Select<Value: PostgresDecodable>: PostgresStatement {
  var sql: String
  init(_ sql: String, as type: Value.Type = Value.self) { self.sql = sql }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Value { try row.decode() }
}

/// A read that may share a sync with others.
struct Read: PostgresStatement {
  static var isReadOnly: Bool { true }
  var sql: String
  var number: Int
  init(_ number: Int, sql: String = "SELECT $1") {
    self.sql = sql
    self.number = number
  }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(number) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int { try row.decode() }
}

/// Any text that yields nothing, with one optional parameter.
struct Command: PostgresStatement {
  typealias Row = Never
  var sql: String
  var text: String?
  init(_ sql: String, _ text: String? = nil) {
    self.sql = sql
    self.text = text
  }
  func bind(_ parameters: inout PostgresParameters) {
    if let text { parameters.append(text) }
  }
}

/// Runs `statement` and compares its rows.
func expect<S: PostgresStatement>(
  _ rows: [S.Row],
  from statement: S,
  on executor: some PostgresExecutor,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws where S.Row: Equatable {
  let actual = try await executor.execute(statement)
  #expect(actual == rows, sourceLocation: sourceLocation)
}
