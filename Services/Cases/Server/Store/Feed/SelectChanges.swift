import AIP
import Policy
import PolicyPostgres
import Postgres

/// The next rows of the feed that can concern a reader, then how far that reaches and what is compacted: one reading of a
/// number of rows, whoever may see them, so that it takes the same work however few that are.
struct SelectChanges: PostgresStatement {
  enum Row: Sendable {
    case change(FeedRow)
    /// The last of the rows that were looked at.
    case end(FeedPosition)
    case horizon(FeedPosition)
  }

  static let isReadOnly = true
  let sql: String
  private let parameters: ListParameters

  /// - Parameter limit: of rows that are looked at.
  init(after position: FeedPosition, limit: Int, lens: ChangeLens, scope: ReadScope) {
    var parameters = ListParameters()
    let place = "\(parameters.add(position.transaction)), \(parameters.add(position.id))"
    let limit = parameters.add(Int64(limit))
    let visible = parameters.add(lens.visible)
    // That nothing of the case is held back from the reader shows in a record that everything is held back of.
    let shows = "\(parameters.add(lens.exact)) AND \(parameters.add(lens.victims, records: "h"))"
    let seen = lens.seen.map { classes, records in
      "f.classes & \(classes.rawValue) <> 0 AND \(parameters.add(records, records: "f"))"
    }
    sql = """
      WITH batch AS MATERIALIZED (SELECT f.* FROM case_changes f WHERE (f.xact, f.id) > (\(place)) \
      AND f.xact < \(Self.bound) ORDER BY f.xact, f.id LIMIT \(limit)) \
      SELECT 0 AS kind, f.xact, f.id, f.case_id, f.part, f.is_creation, f.change_time, f.since, f.owners, \
      coalesce(s.is_seen, false), s.revision, coalesce(s.shows, false) \
      FROM batch f LEFT JOIN LATERAL (\
      SELECT (f.is_creation\((seen).map { " OR \($0)" }.joined())) AS is_seen, c.revision, (\(shows)) AS shows \
      FROM cases c, (VALUES ('{}'::text[], '{}'::text[], true, 2::int2)) \
      AS h (owners, released_to, is_embargoed, classification) \
      WHERE c.id = f.case_id AND \(visible) OFFSET 0) s ON true \
      WHERE s.is_seen OR (f.classes = 0 AND s.revision IS NOT NULL) OR (\(Self.isNear(scope, &parameters))) \
      UNION ALL (SELECT 1, xact, id, \(Self.nothing) FROM batch ORDER BY xact DESC, id DESC LIMIT 1) \
      UNION ALL SELECT 2, xact, id, \(Self.nothing) FROM feed_horizon ORDER BY 1, 2, 3
      """
    self.parameters = parameters
  }

  /// Below it no row is added any more.
  static let bound = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

  private static let nothing = """
    NULL::uuid, NULL::int2, NULL::bool, NULL::timestamptz, NULL::int8, NULL::text[], NULL::bool, NULL::int8, NULL::bool
    """

  /// That who sees a case changed of which the reader may have seen something: the policy is to be asked.
  private static func isNear(_ scope: ReadScope, _ parameters: inout ListParameters) -> String {
    guard !scope.seesAll else { return "f.since IS NOT NULL" }
    let opened = scope.cases.isEmpty ? "" : " OR f.case_id = ANY(\(parameters.add(scope.cases)))"
    let parties = parameters.add(scope.parties.map(\.description))
    return "f.since IS NOT NULL AND (f.parties && \(parties)\(opened))"
  }

  func bind(_ parameters: inout PostgresParameters) { self.parameters.bind(&parameters) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let kind: Int32 = try row.decode()
    let position = FeedPosition(transaction: try row.decode(), id: try row.decode())
    switch kind {
    case 0: return .change(try FeedRow(position, &row))
    case 1: return .end(position)
    default: return .horizon(position)
    }
  }
}

extension FeedRow {
  init(_ position: FeedPosition, _ row: inout PostgresRow) throws(PostgresError) {
    let caseID: RecordID = try row.decode()
    guard let part = ChangePart(rawValue: try row.decode()) else {
      throw PostgresError(.decoding(column: 4, .malformed))
    }
    self.init(
      position: position, caseID: caseID, part: part, isCreation: try row.decode(), time: try row.decode(),
      since: try row.decode(), owners: try row.parties(), isSeen: try row.decode(), revision: try row.decode(),
      showsChanges: try row.decode())
  }
}
