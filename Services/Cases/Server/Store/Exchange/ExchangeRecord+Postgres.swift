import AIP
import Policy
import PolicyPostgres
import Postgres

extension ExchangeRecord.Kind: PostgresEncodable, PostgresDecodable {}

extension ExchangeRecord: VersionedRecord {
  static let table = "exchange_records"
  // The namespace is any number that nothing else in this schema locks.
  static let lockSpace: Int32 = 2592
  static let columns = [
    "id", "revision", "kind", "case_id", "party", "released_to", "for_headquarters", "state", "request_id", "content",
    "creator_id", "author_id", "create_time", "recorded_at",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      revision: try row.decode(),
      kind: try row.decode(),
      caseID: try row.decode(),
      party: try row.party(),
      releasedTo: try row.parties(),
      isForHeadquarters: try row.decode(),
      state: try row.decode(),
      request: try row.decode(),
      content: try row.decode(),
      creator: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode(),
      recordTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(revision)
    parameters.append(kind)
    parameters.append(caseID)
    parameters.append(party.description)
    parameters.append(releasedTo.map(\.description))
    parameters.append(isForHeadquarters)
    parameters.append(state)
    parameters.append(request)
    parameters.append(content)
    parameters.append(creator)
    parameters.append(author)
    parameters.append(createTime)
    parameters.append(recordTime)
  }
}

/// Submissions, requests and packages.
struct SelectExchange: PostgresStatement {
  enum Selection: Hashable, Sendable {
    /// The version of a time, `infinity` for the present.
    case one(RecordID, ExchangeRecord.Kind, at: PostgresTimestamp)
    /// Those of a kind by id, after one: of a case, or of every one.
    case page(ExchangeRecord.Kind, of: RecordID?, after: RecordID?, limit: Int64, for: ReadScope)
  }

  static let isReadOnly = true
  var selection: Selection

  var sql: String {
    switch selection {
    case .one: Self.text + "id = $1 AND kind = $2 AND recorded_at <= $3 AND (ended_at > $3 OR ended_at = 'infinity')"
    case .page(_, let caseID, _, _, let scope):
      Self.text + "kind = $1 AND id > $2 AND ended_at = 'infinity'"
        + (scope.seesAll ? "" : Self.reach) + (caseID == nil ? "" : " AND case_id = $\(scope.seesAll ? 4 : 6)")
        + " ORDER BY id LIMIT $3"
    }
  }

  private static let text = "SELECT \(ExchangeRecord.list) FROM exchange_records WHERE\u{20}"

  /// What row-level security lets a reader see, in a form in which indexes find it. With nobody's cases but those of a
  /// mission does one have to do whatever is on record of them.
  private static let reach = """
     AND id IN (\
    SELECT e.id FROM exchange_records e WHERE e.party = ANY($4) AND e.kind = $1 AND e.ended_at = 'infinity' \
    UNION ALL \
    SELECT e.id FROM exchange_records e WHERE e.released_to && $4 AND e.kind = $1 AND e.ended_at = 'infinity' \
    UNION ALL \
    SELECT e.id FROM case_relation_records r JOIN exchange_records e ON e.case_id = r.case_id \
    WHERE r.party = ANY($5) AND r.hat = 0 AND r.ended_at = 'infinity' AND e.kind = $1 AND e.ended_at = 'infinity')
    """

  func bind(_ parameters: inout PostgresParameters) {
    switch selection {
    case .one(let id, let kind, let time):
      parameters.append(id)
      parameters.append(kind)
      parameters.append(time)
    case .page(let kind, let caseID, let after, let limit, let scope):
      parameters.append(kind)
      parameters.append(after ?? RecordID(high: 0, low: 0))
      parameters.append(limit)
      if !scope.seesAll {
        parameters.append(scope.relations.map(\.description))
        parameters.append(scope.parties.map(\.description))
      }
      if let caseID { parameters.append(caseID) }
    }
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> ExchangeRecord { try ExchangeRecord(&row) }
}
