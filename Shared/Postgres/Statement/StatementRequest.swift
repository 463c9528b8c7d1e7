/// A statement made ready for the wire: its text, its name in metrics, its encoded parameters.
package struct StatementRequest: Sendable {
  let name: String
  let sql: String
  let isReadOnly: Bool
  let isBrief: Bool
  let opensScope: Bool
  let parameters: PostgresParameters

  init<S: PostgresStatement>(_ statement: S) throws(PostgresError) {
    var parameters = PostgresParameters()
    statement.bind(&parameters)
    if let refusal = parameters.refusal { throw refusal.inStatement(S.name) }
    self.init(
      name: S.name, sql: statement.sql, isReadOnly: S.isReadOnly, isBrief: S.isBrief, opensScope: S.opensScope,
      parameters: parameters)
  }

  init(
    name: String,
    sql: String,
    isReadOnly: Bool = false,
    isBrief: Bool = false,
    opensScope: Bool = false,
    parameters: PostgresParameters = PostgresParameters()
  ) {
    self.name = name
    self.sql = sql
    self.isReadOnly = isReadOnly
    self.isBrief = isBrief
    self.opensScope = opensScope
    self.parameters = parameters
  }
}
