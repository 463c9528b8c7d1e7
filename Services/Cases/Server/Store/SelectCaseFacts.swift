import AIP
import Postgres

/// Several cases with all relations to them, without victims.
struct SelectCaseFacts: PostgresStatement {
  static let isReadOnly = true
  var cases: [RecordID]

  var sql: String { Self.text }

  private static let text = """
    SELECT \(CaseRow.columns(0, of: "c.id")) FROM cases c WHERE c.id = ANY($1) \
    UNION ALL \
    (SELECT \(CaseRow.columns(1, of: "r.case_id")) FROM case_relations r WHERE r.case_id = ANY($1) \
    ORDER BY r.hat, r.party, r.valid_from)
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseRow { try CaseRow(&row) }
}
