import AIP
import Postgres

/// Something that is on record of a case: everything of one kind is read together, and shown by its reader's rights.
protocol CaseEntry: Identifiable, Sendable where ID == RecordID {
  static var table: String { get }
  /// In the order in which ``init(_:)`` reads and ``bind(_:)`` writes them; the first is `id`, the second `case_id`.
  static var columns: [String] { get }

  init(_ row: inout PostgresRow) throws(PostgresError)
  func bind(_ parameters: inout PostgresParameters)
}

extension CaseEntry {
  /// `$1, $2, …`, one for each column.
  static var places: String { columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ") }
}

/// What was on record of a case at a time, the earliest first.
struct SelectEntries<Entry: CaseEntry>: PostgresStatement {
  static var name: String { "SelectEntries.\(Entry.table)" }
  static var isReadOnly: Bool { true }
  static var isBrief: Bool { true }
  var caseID: RecordID
  /// `infinity` for the present.
  var time = PostgresTimestamp.infinity

  var sql: String {
    """
    SELECT \(Entry.columns.joined(separator: ", ")) FROM \(Entry.table) \
    WHERE case_id = $1 AND create_time <= $2 ORDER BY id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(caseID)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Entry { try Entry(&row) }
}

/// Puts an entry on record.
struct InsertEntry<Entry: CaseEntry>: PostgresStatement {
  typealias Row = Never
  static var name: String { "InsertEntry.\(Entry.table)" }
  var entry: Entry

  var sql: String {
    "INSERT INTO \(Entry.table) (\(Entry.columns.joined(separator: ", "))) VALUES (\(Entry.places))"
  }

  func bind(_ parameters: inout PostgresParameters) { entry.bind(&parameters) }
}

/// Writes an entry as it is after it was decided.
struct UpdateEntry<Entry: CaseEntry>: PostgresStatement {
  typealias Row = Never
  static var name: String { "UpdateEntry.\(Entry.table)" }
  var entry: Entry

  var sql: String {
    "UPDATE \(Entry.table) SET (\(Entry.columns.joined(separator: ", "))) = ROW(\(Entry.places)) WHERE id = $1"
  }

  func bind(_ parameters: inout PostgresParameters) { entry.bind(&parameters) }
}
