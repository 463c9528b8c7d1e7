import Policy
import PolicyPostgres
import Postgres

/// The parameters of a statement that is put together from conditions, by number.
struct ListParameters: Sendable {
  private(set) var count = 0
  private var values: [@Sendable (inout PostgresParameters) -> Void] = []

  /// The name of a new parameter.
  mutating func add(_ value: some PostgresEncodable & Sendable) -> String {
    count += 1
    values.append { $0.append(value) }
    return "$\(count)"
  }

  /// The condition as SQL, over cases by the name `c` and their records by the name of `records`: of victims `v`.
  mutating func add(_ predicate: CasePredicate, records: StaticString = "v") -> String {
    let condition = predicate.sql(SQLNames(records: records), first: count + 1)
    count += condition.parameters.count
    values.append { condition.bind(&$0) }
    return condition.text
  }

  mutating func add(_ filter: CaseFilterSQL) {
    count += filter.parameterCount
    values.append { filter.bind(&$0) }
  }

  func bind(_ parameters: inout PostgresParameters) {
    for append in values { append(&parameters) }
  }
}
