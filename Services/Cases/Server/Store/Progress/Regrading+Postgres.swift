import AIP
import Policy
import Postgres

/// How cases were classified.
extension Regrading: CaseEntry {
  static let table = "case_regradings"
  static let columns = [
    "id", "case_id", "from_classification", "to_classification", "reason", "proposer_id", "state", "decider_id",
    "decide_time", "revision", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      from: try row.code(),
      to: try row.code(),
      reason: try row.decode(),
      proposer: try row.decode(),
      state: try row.decode(),
      decider: try row.decode(),
      decideTime: try row.decode(),
      revision: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(Int16(from.rawValue))
    parameters.append(Int16(to.rawValue))
    parameters.append(reason)
    parameters.append(proposer)
    parameters.append(state)
    parameters.append(decider)
    parameters.append(decideTime)
    parameters.append(revision)
    parameters.append(createTime)
  }
}

/// Writes how a case is classified.
struct UpdateCaseClassification: PostgresStatement {
  typealias Row = Never
  var caseID: RecordID
  var classification: Classification
  var revision: Int64
  var time: PostgresTimestamp

  var sql: String { "UPDATE cases SET classification = $2, revision = $3, update_time = $4 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(caseID)
    parameters.append(Int16(classification.rawValue))
    parameters.append(revision)
    parameters.append(time)
  }
}
