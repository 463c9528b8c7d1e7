/// One SQL statement with typed parameters and a typed row.
///
/// ```swift
/// struct FindMission: PostgresStatement {
///   var code: String
///   var sql: String { "SELECT id, name FROM missions WHERE code = $1" }
///   func bind(_ parameters: inout PostgresParameters) { parameters.append(code) }
///   static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Mission {
///     Mission(id: try row.decode(), name: try row.decode())
///   }
/// }
/// ```
/// A statement that returns no rows is declared with `typealias Row = Never`; executing it gives the number of
/// affected rows.
package protocol PostgresStatement: Sendable {
  /// One decoded row; `Never` for a statement that returns none.
  associatedtype Row: Sendable

  /// The name in metrics and error descriptions. The type's own name unless given.
  static var name: String { get }

  /// The SQL text with `$1`, `$2`, … for the parameters; also the key of the prepared statement. It may be put
  /// together from whitelisted fragments (filters, orders), never from values.
  var sql: String { get }

  /// Whether the statement reads only and has no side effect (`set_config` is one), so that the pool may run it again,
  /// or together with other tasks' reads in one implicit transaction, which is much cheaper. `false` unless given. A call
  /// with any statement that is not read-only shares nothing.
  static var isReadOnly: Bool { get }

  /// Whether the statement is read-only and takes the server well under a millisecond, as a look-up by key does. Such
  /// statements of several tasks go to one connection even while others are idle, which saves most of their cost, so one
  /// that takes long would hold up others. `false` unless given.
  static var isBrief: Bool { get }

  /// Whether the statement sets, until the end of the transaction (`set_config(…, true)`) and all that was set before
  /// anew, for whom the statements after it read. First in a call of reads, it lets them share an implicit transaction
  /// with other such calls, and with no other reads, which would run under what it sets. `false` unless given; with it
  /// goes ``isReadOnly``.
  static var opensScope: Bool { get }

  /// Appends the parameters in the order of `$1`, `$2`, ….
  func bind(_ parameters: inout PostgresParameters)

  /// Decodes one row, usually by calling ``PostgresRow/decode(_:)`` once for each column in order.
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row
}

extension PostgresStatement {
  package static var name: String { String(describing: Self.self) }

  package static var isReadOnly: Bool { false }

  package static var isBrief: Bool { false }

  package static var opensScope: Bool { false }

  package func bind(_ parameters: inout PostgresParameters) {}
}

extension PostgresStatement where Row == Never {
  package static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Never {
    throw PostgresError(.unexpectedRow)
  }
}
