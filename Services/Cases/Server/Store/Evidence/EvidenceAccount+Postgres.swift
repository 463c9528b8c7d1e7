import AIP
import Policy
import Postgres

/// What was said of items of evidence.
extension EvidenceAccount: CaseEntry {
  static let table = "evidence_accounts"
  static let columns = [
    "id", "case_id", "item_id", "revision", "type", "originator", "description", "collected_by", "collected_date",
    "collected_place", "media_type", "admissibility_notes", "retention_date", "classification", "author_id",
    "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      item: try row.decode(),
      revision: try row.decode(),
      type: try row.decode(),
      originator: try row.party(),
      description: try row.decode(),
      collectedBy: try row.decode(),
      collected: try row.decode(),
      collectedPlace: try row.decode(),
      mediaType: try row.decode(),
      admissibility: try row.decode(),
      retention: try row.decode(),
      classification: try row.code(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(item)
    parameters.append(revision)
    parameters.append(type)
    parameters.append(originator.description)
    parameters.append(description)
    parameters.append(collectedBy)
    parameters.append(collected)
    parameters.append(collectedPlace)
    parameters.append(mediaType)
    parameters.append(admissibility)
    parameters.append(retention)
    parameters.append(Int16(classification.rawValue))
    parameters.append(author)
    parameters.append(createTime)
  }
}

extension EvidenceType: PostgresEncodable, PostgresDecodable {}
