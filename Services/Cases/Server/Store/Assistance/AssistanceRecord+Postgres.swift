import AIP
import Policy
import PolicyPostgres
import Postgres

extension AssistanceRecord.Kind: PostgresEncodable, PostgresDecodable {}
extension AssistanceState: PostgresEncodable, PostgresDecodable {}

extension AssistanceRecord: VersionedRecord {
  static let table = "assistance_records"
  // The namespace is any number that nothing else in this schema locks.
  static let lockSpace: Int32 = 2591
  static let columns = [
    "id", "revision", "kind", "mission_id", "host_state", "parties", "cases", "request_id", "state", "in_effect",
    "content", "creator_id", "author_id", "create_time", "recorded_at",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      revision: try row.decode(),
      kind: try row.decode(),
      mission: try row.decode(),
      hostState: try row.decode(String?.self).flatMap { PartyID($0) },
      parties: try row.parties(),
      cases: try row.decode(),
      request: try row.decode(),
      state: try row.decode(),
      isInEffect: try row.decode(),
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
    parameters.append(mission)
    parameters.append(hostState?.description)
    parameters.append(parties.map(\.description))
    parameters.append(cases)
    parameters.append(request)
    parameters.append(state)
    parameters.append(isInEffect)
    parameters.append(content)
    parameters.append(creator)
    parameters.append(author)
    parameters.append(createTime)
    parameters.append(recordTime)
  }
}

/// Records of the register of assistance with what their readers' rights depend on.
struct SelectAssistance: PostgresStatement {
  enum Selection: Hashable, Sendable {
    /// The version of a time, `infinity` for the present.
    case one(RecordID, AssistanceRecord.Kind, at: PostgresTimestamp)
    /// Those of a kind by id, after one.
    case page(AssistanceRecord.Kind, after: RecordID?, limit: Int64)
    /// What answers a request.
    case answers(to: RecordID)
  }

  static let isReadOnly = true
  var selection: Selection

  var sql: String {
    switch selection {
    case .one:
      Self.text + "id = $1 AND kind = $2 AND recorded_at <= $3 AND (ended_at > $3 OR ended_at = 'infinity')"
    case .page: Self.text + "kind = $1 AND id > $2 AND ended_at = 'infinity' ORDER BY id LIMIT $3"
    case .answers: Self.text + "request_id = $1 AND ended_at = 'infinity' ORDER BY id"
    }
  }

  private static let text = """
    SELECT \(AssistanceRecord.list), EXISTS (SELECT FROM mission_hosts h WHERE h.mission_id = a.mission_id \
    AND h.state = a.host_state AND h.role IN (1, 2)) FROM assistance_records a WHERE\u{20}
    """

  func bind(_ parameters: inout PostgresParameters) {
    switch selection {
    case .one(let id, let kind, let time):
      parameters.append(id)
      parameters.append(kind)
      parameters.append(time)
    case .page(let kind, let after, let limit):
      parameters.append(kind)
      parameters.append(after ?? RecordID(high: 0, low: 0))
      parameters.append(limit)
    case .answers(let request):
      parameters.append(request)
    }
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> AssistanceFile {
    AssistanceFile(record: try AssistanceRecord(&row), isHostOnRecord: try row.decode())
  }
}

/// Whether the register of missions has a State as a host of a mission, now or before.
struct SelectIsHost: PostgresStatement {
  static let isReadOnly = true
  var mission: MissionID
  var state: PartyID

  var sql: String {
    "SELECT EXISTS (SELECT FROM mission_hosts WHERE mission_id = $1 AND state = $2 AND role IN (1, 2))"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(mission)
    parameters.append(state.description)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}
