import AIP
import Policy
import Postgres

/// Principals that may act at the time and hold one of the roles by an assignment of their own; they are not stopped until
/// the transaction ends. At most 100, those enrolled first.
struct SelectHolders: PostgresStatement {
  var readers: ReaderSet
  /// One that is left out.
  var but: RecordID
  var time: PolicyTime

  var sql: String {
    """
    SELECT p.id FROM principals p JOIN organisations o ON o.id = p.organisation_id \
    WHERE p.id <> $2 AND $3 < p.disable_time AND o.start_time <= $3 AND $3 < o.end_time \
    AND EXISTS (SELECT FROM role_assignments r WHERE r.principal_id = p.id AND r.reader = ANY($1) \
    AND r.start_time <= $3 AND $3 < r.end_time) ORDER BY p.id LIMIT 100 FOR SHARE OF p
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(readers.map(\.number))
    parameters.append(but)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}
