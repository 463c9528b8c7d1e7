import AIP
import Postgres

/// How cases were closed.
extension Closure: CaseEntry {
  static let table = "case_closures"
  static let columns = [
    "id", "case_id", "outcome", "reason", "document", "proposer_id", "state", "decider_id", "decide_time",
    "revision", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      outcome: try row.decode(),
      reason: try row.decode(),
      document: try row.decode(),
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
    parameters.append(outcome)
    parameters.append(reason)
    parameters.append(document)
    parameters.append(proposer)
    parameters.append(state)
    parameters.append(decider)
    parameters.append(decideTime)
    parameters.append(revision)
    parameters.append(createTime)
  }
}
