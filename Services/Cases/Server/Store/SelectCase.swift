import AIP
import Policy
import Postgres

/// A case, the relations to it that bear on the reader, and its victims.
struct SelectCase: PostgresStatement {
  static let isReadOnly = true
  static let isBrief = true
  var id: RecordID
  var relations: [PartyID]

  var sql: String { Self.text }

  private static let text = """
    SELECT \(CaseFile.selection(relations: "r.party = ANY($2)", holdsVictims: true)) FROM cases c WHERE c.id = $1
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(relations.map(\.description))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseFile { try CaseFile(&row) }
}
