import AIP
import Policy
import Postgres

/// Where cases are looked into.
extension Proceeding: CaseEntry {
  static let table = "proceedings"
  static let columns = [
    "id", "case_id", "forum", "party", "authority", "docket", "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      forum: try row.decode(),
      party: try row.party(),
      authority: try row.decode(),
      docket: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(forum)
    parameters.append(party.description)
    parameters.append(authority)
    parameters.append(docket)
    parameters.append(author)
    parameters.append(createTime)
  }
}
