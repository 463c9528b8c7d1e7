import AIP
import Postgres

/// Keys of content.
extension EvidenceKey: CaseEntry {
  static let table = "evidence_keys"
  static let columns = [
    "id", "case_id", "item_id", "size_bytes", "sha256", "attempts", "state", "key", "create_time", "end_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      item: try row.decode(),
      size: try row.decode(),
      sha256: try row.decode(),
      attempts: try row.decode(),
      state: try row.decode(),
      sealed: try row.decode(),
      createTime: try row.decode(),
      endTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(item)
    parameters.append(size)
    parameters.append(sha256)
    parameters.append(attempts)
    parameters.append(state)
    parameters.append(sealed)
    parameters.append(createTime)
    parameters.append(endTime)
  }
}

extension EvidenceKey.State: PostgresEncodable, PostgresDecodable {}

/// The key of an item's content, being uploaded or stored. Changes are made by whoever has locked the case.
struct SelectEvidenceKey: PostgresStatement {
  var item: RecordID

  var sql: String {
    """
    SELECT \(EvidenceKey.columns.joined(separator: ", ")) FROM evidence_keys \
    WHERE item_id = $1 AND state < 3
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(item) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> EvidenceKey { try EvidenceKey(&row) }
}

/// Keys that are not sealed as the mark says, some of them at a time.
struct SelectUnsealedEvidenceKeys: PostgresStatement {
  var mark: [UInt8]

  var sql: String {
    """
    SELECT \(EvidenceKey.columns.joined(separator: ", ")) FROM evidence_keys \
    WHERE key IS NOT NULL AND substring(key FOR octet_length($1)) <> $1 LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(mark) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> EvidenceKey { try EvidenceKey(&row) }
}
