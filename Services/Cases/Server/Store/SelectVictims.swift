import AIP
import Postgres

/// The victims of several cases.
struct SelectVictims: PostgresStatement {
  struct Row: Sendable {
    var caseID: RecordID
    var victim: Victim
  }

  static let isReadOnly = true
  var cases: [RecordID]

  var sql: String { Self.text }

  private static let text = """
    SELECT v.case_id, \(Victim.columns) FROM victims v WHERE v.case_id = ANY($1) AND NOT v.withdrawn \
    ORDER BY v.case_id, v.casualty_id, v.nationality_code
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(caseID: try row.decode(), victim: try Victim(&row))
  }
}
