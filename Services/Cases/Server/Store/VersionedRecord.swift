import AIP
import Postgres

/// Something of which every version is kept: a change ends one and adds another.
protocol VersionedRecord: Identifiable, Sendable where ID == RecordID {
  static var table: String { get }
  /// In the order in which ``init(_:)`` reads and ``bind(_:)`` writes them; the first is `id`.
  static var columns: [String] { get }
  /// Sets its locks apart from those of others.
  static var lockSpace: Int32 { get }
  /// When this version begins and the one before it ends.
  var recordTime: PostgresTimestamp { get }

  init(_ row: inout PostgresRow) throws(PostgresError)
  func bind(_ parameters: inout PostgresParameters)
}

extension VersionedRecord {
  /// The columns as SQL.
  static var list: String { columns.joined(separator: ", ") }
}

/// Has changes of one record follow one another, until the transaction ends.
struct LockVersions<Record: VersionedRecord>: PostgresStatement {
  static var name: String { "LockVersions.\(Record.table)" }
  var id: RecordID

  var sql: String { "SELECT pg_advisory_xact_lock(\(Record.lockSpace), hashtext($1))::text" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id.description) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

/// Ends the version before, if there is one.
struct EndVersion<Record: VersionedRecord>: PostgresStatement {
  typealias Row = Never
  static var name: String { "EndVersion.\(Record.table)" }
  var next: Record

  var sql: String { "UPDATE \(Record.table) SET ended_at = $2 WHERE id = $1 AND ended_at = 'infinity'" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(next.id)
    parameters.append(next.recordTime)
  }
}

/// Puts a version on record.
struct InsertVersion<Record: VersionedRecord>: PostgresStatement {
  typealias Row = Never
  static var name: String { "InsertVersion.\(Record.table)" }
  var record: Record

  var sql: String {
    let places = Record.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return "INSERT INTO \(Record.table) (\(Record.list)) VALUES (\(places))"
  }

  func bind(_ parameters: inout PostgresParameters) { record.bind(&parameters) }
}
