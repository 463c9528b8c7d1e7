import AIP
import Policy
import Postgres

/// What was sent and received.
extension Communication: CaseEntry {
  static let table = "communications"
  static let columns = [
    "id", "case_id", "kind", "direction", "act", "party", "sent_date", "symbol", "subject", "answers_id",
    "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      kind: try row.decode(),
      direction: try row.decode(),
      act: try row.decode(),
      party: try row.party(),
      sent: try row.decode(),
      symbol: try row.decode(),
      subject: try row.decode(),
      answers: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(kind)
    parameters.append(direction)
    parameters.append(act)
    parameters.append(party.description)
    parameters.append(sent)
    parameters.append(symbol)
    parameters.append(subject)
    parameters.append(answers)
    parameters.append(author)
    parameters.append(createTime)
  }
}
