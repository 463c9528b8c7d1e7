/// A statement made ready for the wire: its text, what it is of, its encoded parameters.
package struct StatementRequest: Sendable {
  let type: any PostgresStatement.Type
  let sql: String
  let parameters: PostgresParameters

  init<S: PostgresStatement>(_ statement: S) throws(PostgresError) {
    var parameters = PostgresParameters()
    statement.bind(&parameters)
    if let refusal = parameters.refusal { throw refusal.inStatement(S.name) }
    type = S.self
    sql = statement.sql
    self.parameters = parameters
  }

  /// Made when somebody asks: few do, and it takes long.
  var name: String { type.name }
  var isReadOnly: Bool { type.isReadOnly }
  var isBrief: Bool { type.isBrief }
  var opensScope: Bool { type.opensScope }
}
