package import Audit
package import Postgres

/// Records, in the caller's transaction: they are there if and only if what they record is.
package struct InsertAuditRecords: PostgresStatement {
  package typealias Row = Never
  private let records: [[UInt8]]

  package init(_ records: [AuditRecord]) { self.init(encoded: records.map(\.encoded)) }

  init(encoded records: [[UInt8]]) { self.records = records }

  package var sql: String {
    "INSERT INTO audit_records (record) SELECT r FROM unnest($1) WITH ORDINALITY AS t (r, place) ORDER BY place"
  }

  package func bind(_ parameters: inout PostgresParameters) { parameters.append(records) }
}

/// Keeps other instances from relaying until the transaction ends; false when another does.
struct LockOutbox: PostgresStatement {
  // The namespace is any number that nothing else in these schemas locks. (A lock on a row would begin to hold back the
  // snapshot that the order of records rests on.)
  var sql: String { "SELECT pg_try_advisory_xact_lock(2591, hashtext(current_schema()))" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}

/// How many records the log has taken, and where the last of them stood.
struct SelectCursor: PostgresStatement {
  struct Row: Sendable {
    var taken: Int64
    var place: OutboxPlace
  }

  static let isReadOnly = true
  var sql: String { "SELECT taken, xact, id FROM audit_cursor" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(taken: try row.decode(), place: OutboxPlace(transaction: try row.decode(), id: try row.decode()))
  }
}

/// The next records for the log, those only before which none can appear any more.
struct SelectOutbox: PostgresStatement {
  struct Row: Sendable {
    var place: OutboxPlace
    var record: [UInt8]
  }

  static let isReadOnly = true
  var limit: Int

  var sql: String {
    """
    SELECT r.xact, r.id, r.record FROM audit_records r, audit_cursor c WHERE (r.xact, r.id) > (c.xact, c.id) \
    AND r.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY r.xact, r.id LIMIT $1
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(limit) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(place: OutboxPlace(transaction: try row.decode(), id: try row.decode()), record: try row.decode())
  }
}

/// Where a record stands in its service's order.
struct OutboxPlace: Hashable, Sendable {
  var transaction: Int64
  var id: Int64
}

/// Notes that the log has taken so many more records, the last of them this one.
struct UpdateCursor: PostgresStatement {
  typealias Row = Never
  var count: Int
  var place: OutboxPlace

  var sql: String { "UPDATE audit_cursor SET taken = taken + $1, xact = $2, id = $3" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(count)
    parameters.append(place.transaction)
    parameters.append(place.id)
  }
}

/// Drops what the log has taken.
struct DeleteTaken: PostgresStatement {
  typealias Row = Never
  /// The last record that was dropped before: the index need not be searched from its beginning.
  var after: OutboxPlace
  var place: OutboxPlace

  var sql: String { "DELETE FROM audit_records WHERE (xact, id) > ($1, $2) AND (xact, id) <= ($3, $4)" }

  func bind(_ parameters: inout PostgresParameters) {
    for place in [after, place] {
      parameters.append(place.transaction)
      parameters.append(place.id)
    }
  }
}
