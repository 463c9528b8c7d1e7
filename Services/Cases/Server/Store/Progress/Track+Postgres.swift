import AIP
import Postgres

/// What is followed.
extension Track: CaseEntry {
  static let table = "tracks"
  static let columns = [
    "id", "case_id", "kind", "proceeding_id", "suspect_id", "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      kind: try row.decode(),
      proceeding: try row.decode(),
      suspect: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(kind)
    parameters.append(proceeding)
    parameters.append(suspect)
    parameters.append(author)
    parameters.append(createTime)
  }
}
