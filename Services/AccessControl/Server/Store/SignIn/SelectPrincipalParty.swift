import AIP
import Policy
import Postgres

/// The party of a principal: whose its sign-ins are in the log.
struct SelectPrincipalParty: PostgresStatement {
  static let isReadOnly = true
  var principal: RecordID

  var sql: String {
    "SELECT o.party FROM principals p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = $1"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(principal) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> PartyID { try row.party() }
}
