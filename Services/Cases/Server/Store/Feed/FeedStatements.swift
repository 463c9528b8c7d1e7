import AIP
import Policy
import PolicyPostgres
import Postgres

/// Where the feed stands.
struct SelectFeedEnd: PostgresStatement {
  struct Row: Hashable, Sendable {
    /// The last change that is read; nil while there is none.
    var last: FeedPosition?
    /// Whoever begins here misses no change of transactions that end from now on.
    var end: FeedPosition
    /// Seconds for which the oldest change has waited that a longer transaction holds up; nil if none does.
    var heldBack: Double?
    var horizon: FeedPosition
  }

  static let isReadOnly = true
  static let isBrief = true

  var sql: String {
    """
    SELECT n.xact, n.id, b.xmin, h.xact, h.id, \
    (SELECT extract(epoch FROM clock_timestamp() - w.change_time)::float8 FROM case_changes w \
    WHERE w.xact >= b.xmin ORDER BY w.xact, w.id LIMIT 1) \
    FROM (SELECT \(SelectChanges.bound) AS xmin) AS b CROSS JOIN feed_horizon h LEFT JOIN LATERAL \
    (SELECT xact, id FROM case_changes WHERE xact < b.xmin ORDER BY xact DESC, id DESC LIMIT 1) AS n ON true
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let last: (transaction: Int64?, id: Int64?) = (try row.decode(), try row.decode())
    let bound: Int64 = try row.decode()
    let horizon = FeedPosition(transaction: try row.decode(), id: try row.decode())
    var found = Row(
      last: nil, end: FeedPosition(transaction: bound - 1, id: .max), heldBack: try row.decode(), horizon: horizon)
    if let transaction = last.transaction, let id = last.id {
      found.last = FeedPosition(transaction: transaction, id: id)
    }
    return found
  }
}

/// Wakes whoever waits for changes.
struct NotifyChanges: PostgresStatement {
  static let channel = "case_changes"

  var sql: String { "SELECT pg_notify('\(Self.channel)', '')::text" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

/// Those of the cases that a reader would see but for embargoes.
struct SelectUnheld: PostgresStatement {
  static let isReadOnly = true
  let sql: String
  private let parameters: ListParameters

  init(cases: [RecordID], lens: ChangeLens) {
    var parameters = ListParameters()
    let ids = parameters.add(cases)
    sql = "SELECT c.id FROM cases c WHERE c.id = ANY(\(ids)) AND \(parameters.add(lens.unheld)) ORDER BY 1"
    self.parameters = parameters
  }

  func bind(_ parameters: inout PostgresParameters) { self.parameters.bind(&parameters) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}

/// Keeps other instances from compacting until the transaction ends; false when another does.
struct LockFeed: PostgresStatement {
  // The namespace is any number that nothing else in these schemas locks.
  var sql: String { "SELECT pg_try_advisory_xact_lock(2592, hashtext(current_schema()))" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}

/// Puts the horizon behind the last change that is old enough.
struct MoveHorizon: PostgresStatement {
  typealias Row = Never
  /// In seconds.
  var retention: Int64

  var sql: String {
    """
    UPDATE feed_horizon h SET xact = n.xact, id = n.id FROM (SELECT xact, id FROM case_changes \
    WHERE xact < \(SelectChanges.bound) AND change_time < now() - $1 * interval '1 second' \
    ORDER BY xact DESC, id DESC LIMIT 1) AS n WHERE (h.xact, h.id) < (n.xact, n.id)
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(retention) }
}

/// Between where the changes are that compacting has yet to look at.
struct SelectUnswept: PostgresStatement {
  struct Row: Hashable, Sendable {
    var swept: FeedPosition
    var horizon: FeedPosition
  }

  var sql: String { "SELECT swept_xact, swept_id, xact, id FROM feed_horizon" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(
      swept: FeedPosition(transaction: try row.decode(), id: try row.decode()),
      horizon: FeedPosition(transaction: try row.decode(), id: try row.decode()))
  }
}

/// Drops some of the changes there, all but creations.
struct DropCompacted: PostgresStatement {
  typealias Row = Never
  var range: SelectUnswept.Row
  var limit: Int64

  var sql: String {
    """
    DELETE FROM case_changes WHERE ctid = ANY(ARRAY(SELECT f.ctid FROM case_changes f \
    WHERE (f.xact, f.id) > ($1, $2) AND (f.xact, f.id) <= ($3, $4) AND NOT f.is_creation \
    ORDER BY f.xact, f.id LIMIT $5))
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    for position in [range.swept, range.horizon] {
      parameters.append(position.transaction)
      parameters.append(position.id)
    }
    parameters.append(limit)
  }
}

/// Notes that everything before the horizon is dropped.
struct NoteSwept: PostgresStatement {
  typealias Row = Never

  var sql: String {
    "UPDATE feed_horizon SET swept_xact = xact, swept_id = id WHERE (swept_xact, swept_id) <> (xact, id)"
  }
}
