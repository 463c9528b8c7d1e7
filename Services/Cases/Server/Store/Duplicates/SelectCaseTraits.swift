import AIP
import Policy
import PolicyPostgres
import Postgres

/// What can tell of cases that they are others: a row for each that exists.
struct SelectCaseTraits: PostgresStatement {
  static let isReadOnly = true
  var cases: [RecordID]

  var sql: String {
    """
    SELECT c.id, c.display_number, c.state, c.mission_id, c.host_states, c.incident_from, c.incident_until, \
    ARRAY(SELECT m.mark FROM case_marks m WHERE m.case_id = c.id AND m.kind = 1), \
    ARRAY(SELECT m.mark FROM case_marks m WHERE m.case_id = c.id AND m.kind = 2 \
    UNION SELECT v.casualty_id FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn AND v.casualty_id <> ''), \
    ARRAY(SELECT a.territorial_state || ' ' || lower(a.admin1) FROM incident_accounts a \
    WHERE a.case_id = c.id AND a.admin1 <> '' AND \(Self.isLatest)), \
    ARRAY(SELECT unnest(ARRAY[a.latitude, a.longitude]) FROM incident_accounts a \
    WHERE a.case_id = c.id AND a.latitude IS NOT NULL AND \(Self.isLatest)) \
    FROM cases c WHERE c.id = ANY($1)
    """
  }

  private static let isLatest = """
    NOT EXISTS (SELECT FROM incident_accounts n WHERE n.incident_id = a.incident_id AND n.revision > a.revision)
    """

  func bind(_ parameters: inout PostgresParameters) { parameters.append(cases) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseTraits {
    CaseTraits(
      id: try row.decode(),
      displayNumber: try row.decode(),
      state: try row.decode(),
      mission: try row.decode(),
      hostStates: Set(try row.decode([String].self)),
      days: try row.days(),
      names: Set(try row.decode([String].self)),
      externalIDs: Set(try row.decode([String].self)),
      areas: Set(try row.decode([String].self)),
      points: points(try row.decode([Double].self)))
  }

  /// Of pairs of degrees, one after the other.
  private static func points(_ degrees: [Double]) -> [GeoPoint] {
    stride(from: 0, to: degrees.count - 1, by: 2).compactMap {
      GeoPoint(latitude: degrees[$0], longitude: degrees[$0 + 1], radius: 0)
    }
  }
}
