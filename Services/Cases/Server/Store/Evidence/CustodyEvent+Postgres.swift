import AIP
import Policy
import Postgres

/// What was done with items of evidence.
extension CustodyEvent: CaseEntry {
  static let table = "custody_events"
  static let columns = [
    "id", "case_id", "item_id", "kind", "party", "holder", "custodian", "reason", "answers_id", "key_id", "size_bytes",
    "sha256", "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      item: try row.decode(),
      kind: try row.decode(),
      party: try row.party(),
      holder: try row.decode(String?.self).flatMap { PartyID($0) },
      custodian: try row.decode(),
      reason: try row.decode(),
      answers: try row.decode(),
      content: try Content(&row),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(item)
    parameters.append(kind)
    parameters.append(party.description)
    parameters.append(holder?.description)
    parameters.append(custodian)
    parameters.append(reason)
    parameters.append(answers)
    parameters.append(content?.key)
    parameters.append(content?.size)
    parameters.append(content?.sha256)
    parameters.append(author)
    parameters.append(createTime)
  }
}

extension CustodyEvent.Content {
  /// Of three columns; nil where they are null.
  fileprivate init?(_ row: inout PostgresRow) throws(PostgresError) {
    let key: RecordID? = try row.decode()
    let size: Int64? = try row.decode()
    let sha256: [UInt8]? = try row.decode()
    guard let key, let size, let sha256 else { return nil }
    self.init(key: key, size: size, sha256: sha256)
  }
}

extension CustodyEvent.Kind: PostgresEncodable, PostgresDecodable {}
