import AIP
import Postgres

/// The steps that cases took.
extension CaseTransition: CaseEntry {
  static let table = "case_transitions"
  static let columns = [
    "id", "case_id", "from_state", "to_state", "reason", "author_id", "closure_id", "survivor_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      from: try row.decode(),
      to: try row.decode(),
      reason: try row.decode(),
      author: try row.decode(),
      closure: try row.decode(),
      survivor: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(from)
    parameters.append(to)
    parameters.append(reason)
    parameters.append(author)
    parameters.append(closure)
    parameters.append(survivor)
    parameters.append(createTime)
  }
}
