import Policy
import PolicyPostgres
import Postgres

/// Collects the values of a condition while its text is written. Values are parameters, never text.
struct ConditionWriter: Sendable {
  private var bindings: [@Sendable (inout PostgresParameters) -> Void] = []

  /// The name of the parameter with the value.
  mutating func add(_ value: some PostgresEncodable) -> String {
    bindings.append { $0.append(value) }
    return "$\(bindings.count)"
  }

  mutating func add(_ time: PolicyTime) -> String { add(PostgresTimestamp(time)) }

  mutating func add(_ code: some PolicyCode) -> String { add(code.number) }

  func bind(_ parameters: inout PostgresParameters) {
    for binding in bindings { binding(&parameters) }
  }
}

extension Bool {
  /// As SQL has it.
  var sql: String { self ? "TRUE" : "FALSE" }
}
