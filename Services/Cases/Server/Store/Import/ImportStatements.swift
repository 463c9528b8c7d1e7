import AIP
import Postgres
import Records

/// Waits until no other import is running and keeps others out until the transaction ends.
struct LockImports: PostgresStatement {
  // Any number that nothing else in this schema locks; the migrator has its own.
  var sql: String { "SELECT pg_advisory_xact_lock(2589, 1)::text" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

/// The import itself.
struct InsertImport: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var request: ImportStore.Request
  var counts: ImportReport.Counts

  var sql: String {
    """
    INSERT INTO imports (id, data_set, publication_date, file_sha256, file_size, source, principal, import_time, \
    rows_created, rows_changed, rows_unchanged, rows_refused, rows_withdrawn) \
    VALUES ($1, '\(FatalitiesFile.dataSet)', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(request.file.published)
    parameters.append(request.sha256)
    parameters.append(request.size)
    parameters.append(request.source)
    parameters.append(request.principal)
    parameters.append(request.time)
    parameters.append(counts.created)
    parameters.append(counts.changed)
    parameters.append(counts.unchanged)
    parameters.append(counts.refused)
    parameters.append(counts.withdrawn)
  }
}

/// Rows that were not taken over.
struct InsertRefusals: PostgresStatement {
  typealias Row = Never
  private let importID: RecordID
  private let refused: [(line: Int32, casualtyID: String, refusal: FatalityRefusal)]

  init(rows: [ImportReport.Row], importID: RecordID) {
    self.importID = importID
    refused = rows.compactMap { row in row.refusal.map { (Int32(row.line), row.casualtyID, $0) } }
  }

  var sql: String {
    """
    INSERT INTO import_refusals (import_id, line, casualty_id, reason, field) \
    SELECT $1, * FROM unnest($2::int4[], $3::text[], $4::int2[], $5::text[])
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(importID)
    parameters.append(refused.map(\.line))
    parameters.append(refused.map { $0.casualtyID.filter { $0 != "\u{0}" } })
    parameters.append(refused.map(\.refusal.reason))
    parameters.append(refused.map(\.refusal.column.rawValue))
  }
}
