import AIP
import Policy
import Postgres

/// Several cases with all relations to them, without victims.
struct SelectCaseFacts: PostgresStatement {
  static let isReadOnly = true
  var cases: [RecordID]

  var sql: String { Self.text }

  private static let text = """
    SELECT \(CaseFile.selection(relations: "true ORDER BY r.hat, r.party, r.valid_from", holdsVictims: false)) \
    FROM cases c WHERE c.id = ANY($1)
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseFacts { try CaseFile(&row).facts }
}
