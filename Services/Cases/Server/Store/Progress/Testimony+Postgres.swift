import AIP
import Postgres

/// What was asserted.
extension Testimony: CaseEntry {
  static let table = "stage_assertions"
  static let columns = [
    "id", "case_id", "track_id", "position", "stage", "effective_date", "known_date", "source", "certainty",
    "inferred", "supersedes_id", "document", "note", "author_id", "proposal_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      track: try row.decode(),
      position: try row.decode(),
      stage: try row.decode(),
      effective: try row.decode(),
      known: try row.decode(),
      source: try row.decode(),
      certainty: try row.decode(),
      isInferred: try row.decode(),
      supersedes: try row.decode(),
      document: try row.decode(),
      note: try row.decode(),
      author: try row.decode(),
      proposal: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(track)
    parameters.append(position)
    parameters.append(stage)
    parameters.append(effective)
    parameters.append(known)
    parameters.append(source)
    parameters.append(certainty)
    parameters.append(isInferred)
    parameters.append(supersedes)
    parameters.append(document)
    parameters.append(note)
    parameters.append(author)
    parameters.append(proposal)
    parameters.append(createTime)
  }
}
