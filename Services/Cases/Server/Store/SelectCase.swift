import AIP
import Policy
import Postgres

/// A case, the relations to it that bear on the reader, and its victims in the order of casualty_id.
struct SelectCase: PostgresStatement {
  static let isReadOnly = true
  static let isBrief = true
  var id: RecordID
  var relations: [PartyID]

  var sql: String { Self.text }

  private static let text = """
    SELECT \(CaseRow.columns(0, of: "c.id")) FROM cases c WHERE c.id = $1 \
    UNION ALL \
    SELECT \(CaseRow.columns(1, of: "r.case_id")) FROM case_relations r WHERE r.case_id = $1 AND r.party = ANY($2) \
    UNION ALL \
    (SELECT \(CaseRow.columns(2, of: "v.case_id")) FROM victims v WHERE v.case_id = $1 AND NOT v.withdrawn \
    ORDER BY v.casualty_id, v.nationality_code)
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(relations.map(\.description))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseRow { try CaseRow(&row) }
}
