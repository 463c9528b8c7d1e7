import AIP
import Postgres

/// What happened in proceedings.
extension ProceedingFact: CaseEntry {
  static let table = "proceeding_facts"
  static let columns = [
    "id", "case_id", "proceeding_id", "track_id", "kind", "fact_date", "detail", "document", "author_id",
    "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      proceeding: try row.decode(),
      track: try row.decode(),
      kind: try row.decode(),
      date: try row.decode(),
      detail: try row.decode(),
      document: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(proceeding)
    parameters.append(track)
    parameters.append(kind)
    parameters.append(date)
    parameters.append(detail)
    parameters.append(document)
    parameters.append(author)
    parameters.append(createTime)
  }
}
