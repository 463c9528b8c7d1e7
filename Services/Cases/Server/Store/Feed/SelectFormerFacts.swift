import AIP
import Policy
import PolicyPostgres
import Postgres

/// A case as it stood before a place in the order of changes.
struct FormerCase: Hashable, Sendable {
  var id: RecordID
  var since: Int64
}

/// Who stood in what relation to cases then.
struct SelectFormerHats: PostgresStatement {
  static let isReadOnly = true
  var cases: [FormerCase]

  var sql: String {
    """
    WITH n AS (SELECT * FROM unnest($1, $2) AS n (case_id, since)) \
    SELECT n.case_id, n.since, \(Hat.columns) FROM n \
    JOIN case_relation_records r ON r.case_id = n.case_id AND r.ended_at = 'infinity' AND r.began < n.since \
    UNION ALL \
    SELECT n.case_id, n.since, \(Hat.columns) FROM n \
    JOIN case_relation_records r ON r.case_id = n.case_id AND r.ended_at < 'infinity' AND r.began < n.since \
    AND r.ended >= n.since
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases.map(\.id))
    parameters.append(cases.map(\.since))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> (former: FormerCase, hat: Hat) {
    (FormerCase(id: try row.decode(), since: try row.decode()), try Hat(&row))
  }
}

/// Other facts of cases then, of those that have changed since.
struct SelectFormerFacts: PostgresStatement {
  static let isReadOnly = true
  var cases: [FormerCase]

  var sql: String {
    """
    SELECT n.case_id, n.since, f.was_classification, f.was_caveats, f.was_from, f.was_until \
    FROM unnest($1, $2) AS n (case_id, since), LATERAL (SELECT f.* FROM case_changes f \
    WHERE f.case_id = n.case_id AND f.since >= n.since AND f.was_classification IS NOT NULL \
    ORDER BY f.since LIMIT 1) AS f
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases.map(\.id))
    parameters.append(cases.map(\.since))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> (former: FormerCase, facts: CaseFacts) {
    let former = FormerCase(id: try row.decode(), since: try row.decode())
    return (
      former,
      CaseFacts(
        id: former.id, hats: [], classification: try row.code(), caveats: try row.codes(), incident: try row.days())
    )
  }
}
