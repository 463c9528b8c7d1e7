import AIP
import Postgres

// Each writes any number of records with one statement: columns go as arrays, which PostgreSQL unnests.

/// Records that are new.
struct InsertRecords: PostgresStatement {
  typealias Row = Never
  var records: [ImportPlan.NewRecord]

  var sql: String {
    """
    INSERT INTO fatality_records (id, \(FatalityRow.columns)) \
    SELECT * FROM unnest($1::uuid[], \(FatalityRow.arrays(from: 2)))
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(records.map(\.id))
    FatalityRow.bind(records.map(\.row), to: &parameters)
  }
}

/// Records whose content changed, or that came back.
struct UpdateRecords: PostgresStatement {
  typealias Row = Never
  var records: [ImportPlan.ChangedRecord]

  var sql: String {
    """
    UPDATE fatality_records r SET (\(FatalityRow.columns), withdrawn) = (\(FatalityRow.columns(of: "n")), false) \
    FROM unnest($1::uuid[], \(FatalityRow.arrays(from: 2))) AS n (id, \(FatalityRow.columns)) WHERE r.id = n.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(records.map(\.id))
    FatalityRow.bind(records.map(\.row), to: &parameters)
  }
}

/// Records that the publication lacks.
struct WithdrawRecords: PostgresStatement {
  typealias Row = Never
  var ids: [RecordID]

  var sql: String { "UPDATE fatality_records SET withdrawn = true WHERE id = ANY($1)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(ids)
  }
}

/// The history of records.
struct InsertEvents: PostgresStatement {
  typealias Row = Never
  var events: [ImportPlan.Event]
  var importID: RecordID
  var published: PartialDate

  var sql: String {
    """
    INSERT INTO fatality_events (import_id, publication_date, record_id, kind, line, changes) \
    SELECT $1, $2, * FROM unnest($3::uuid[], $4::int2[], $5::int4[], $6::jsonb[])
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(importID)
    parameters.append(published)
    parameters.append(events.map(\.recordID))
    parameters.append(events.map(\.kind))
    parameters.append(events.map { Int32($0.line) })
    parameters.append(events.map { PostgresJSON(FieldChange.json($0.changes)) })
  }
}

extension FatalityRow {
  private static let names = [
    "casualty_id", "incident_date", "mission_id", "sex", "nationality_code", "nationality_name", "personnel_type",
    "category", "incident_type", "published_code", "m49",
  ]
  private static let types = [
    "text", "int4", "text", "int2", "text", "text", "text", "int2", "int2", "text", "text",
  ]

  /// The columns of the table `fatality_records` that hold a row's content.
  static var columns: String { names.joined(separator: ", ") }

  static func columns(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

  /// The parameters of those columns as arrays, the first being of that number.
  static func arrays(from first: Int) -> String {
    types.enumerated().map { "$\(first + $0.offset)::\($0.element)[]" }.joined(separator: ", ")
  }

  static func bind(_ rows: [FatalityRow], to parameters: inout PostgresParameters) {
    parameters.append(rows.map(\.casualtyID))
    parameters.append(rows.map(\.incidentDate))
    parameters.append(rows.map { MissionID(code: $0.mission) })
    parameters.append(rows.map(\.sex))
    parameters.append(rows.map(\.nationality.code))
    parameters.append(rows.map(\.nationality.sourceName))
    parameters.append(rows.map(\.personnelType))
    parameters.append(rows.map(\.category))
    parameters.append(rows.map(\.incidentType))
    parameters.append(rows.map(\.publishedCode))
    parameters.append(rows.map(\.m49))
  }
}
