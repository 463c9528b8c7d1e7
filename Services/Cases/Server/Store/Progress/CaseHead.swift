import AIP
import Postgres

/// What the handling and the progress of a case need of the case itself.
struct CaseHead: Hashable, Sendable {
  var id: RecordID
  var state: Case.State
  var incident: PartialDate
  var hostStates: [String]
  var revision: Int64
  var createTime: PostgresTimestamp
  /// The case that stands for it.
  var mergedInto: RecordID?
}

/// Keeps others from changing cases, or anything on record of them, until the transaction ends. In the order of their
/// identifiers, so that no two transactions wait for each other.
struct LockCases: PostgresStatement {
  var ids: [RecordID]

  var sql: String { "SELECT id FROM cases WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(ids) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}

/// The head of a case; no row for one that there is not.
struct SelectCaseHead: PostgresStatement {
  var id: RecordID

  var sql: String {
    "SELECT id, state, incident_date, host_states, revision, create_time, merged_into FROM cases WHERE id = $1"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseHead {
    CaseHead(
      id: try row.decode(), state: try row.decode(), incident: try row.decode(), hostStates: try row.decode(),
      revision: try row.decode(), createTime: try row.decode(), mergedInto: try row.decode())
  }
}

/// Writes where a case stands.
struct UpdateCaseState: PostgresStatement {
  typealias Row = Never
  var head: CaseHead
  var time: PostgresTimestamp

  var sql: String { "UPDATE cases SET state = $2, revision = $3, update_time = $4, merged_into = $5 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(head.id)
    parameters.append(head.state)
    parameters.append(head.revision)
    parameters.append(time)
    parameters.append(head.mergedInto)
  }
}

/// Puts a case on record that a person entered, with the next number of its mission and year.
struct InsertCase: PostgresStatement {
  typealias Row = Never
  var new: Case
  var number: Int32

  var sql: String {
    """
    INSERT INTO cases (id, display_number, mission_id, incident_date, incident_end_date, number, act, state, \
    victim_count, host_states, host_states_reviewed, create_time, update_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $11)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(new.id)
    parameters.append(new.displayNumber)
    parameters.append(new.mission)
    parameters.append(new.incidentDate)
    parameters.append(new.incidentEndDate)
    parameters.append(number)
    parameters.append(new.act)
    parameters.append(new.state)
    parameters.append(new.hostStates)
    parameters.append(new.areHostStatesReviewed)
    parameters.append(new.createTime)
  }
}

/// The last number of a mission's cases of a year.
struct SelectLastNumber: PostgresStatement {
  static let isReadOnly = true
  var series: DisplayNumber.Series

  var sql: String {
    "SELECT coalesce(max(number), 0) FROM cases WHERE mission_id = $1 AND incident_date / 10000 = $2"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(series.mission)
    parameters.append(Int32(series.year))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int32 { try row.decode() }
}
