import AIP
import Postgres

/// Who may have taken part.
extension Suspect: CaseEntry {
  static let table = "suspects"
  static let columns = [
    "id", "case_id", "alias", "affiliation", "status", "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      alias: try row.decode(),
      affiliation: try row.decode(),
      status: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(alias)
    parameters.append(affiliation)
    parameters.append(status)
    parameters.append(author)
    parameters.append(createTime)
  }
}
