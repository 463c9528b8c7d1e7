import AIP
import Policy
import Postgres

/// Who is known by a login name and may act at the time, and is not stopped until the transaction ends; no row for anybody
/// else.
struct LockPerson: PostgresStatement {
  var login: String
  var time: PolicyTime

  var sql: String {
    """
    SELECT p.id FROM principals p JOIN organisations o ON o.id = p.organisation_id WHERE p.token_subject = $1 \
    AND $2 < p.disable_time AND o.start_time <= $2 AND $2 < o.end_time FOR SHARE OF p
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(login)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}
