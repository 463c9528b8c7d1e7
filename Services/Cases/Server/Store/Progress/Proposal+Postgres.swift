import AIP
import Policy
import Postgres

/// What States propose.
extension Proposal: CaseEntry {
  static let table = "case_proposals"
  static let columns = [
    "id", "case_id", "party", "proposer_id", "content", "reason", "state", "decider_id", "decide_time", "decision",
    "result", "revision", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      party: try row.party(),
      proposer: try row.decode(),
      content: try row.decode(),
      reason: try row.decode(),
      state: try row.decode(),
      decider: try row.decode(),
      decideTime: try row.decode(),
      decision: try row.decode(),
      result: try row.decode(),
      revision: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(party.description)
    parameters.append(proposer)
    parameters.append(content)
    parameters.append(reason)
    parameters.append(state)
    parameters.append(decider)
    parameters.append(decideTime)
    parameters.append(decision)
    parameters.append(result)
    parameters.append(revision)
    parameters.append(createTime)
  }
}
