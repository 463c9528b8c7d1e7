import Postgres

/// Has PostgreSQL count anew what it plans reads of cases by, after so many were written that its figures of before are of
/// no use: it would do so by itself, some time after, and read slowly until then. At the end of the transaction that wrote.
struct AnalyzeRegister: PostgresStatement {
  typealias Row = Never

  var sql: String { "ANALYZE cases, victims, case_relation_records" }
}
