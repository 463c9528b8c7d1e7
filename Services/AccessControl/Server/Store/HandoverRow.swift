import AIP
import Policy
import Postgres

/// What delegations are selected by.
enum HandoverTest: RowTest, Hashable {
  case id(RecordID)
  /// From or to the principal.
  case principal(RecordID)
  /// Between principals of the organisation.
  case organisation(RecordID)
  case isActive(Bool, at: PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .principal(let id):
      let id = sql.add(id)
      return "(t.delegator_id = \(id) OR t.delegate_id = \(id))"
    case .organisation(let id):
      return """
        EXISTS (SELECT FROM principals p WHERE p.id = t.delegator_id AND p.organisation_id = \(sql.add(id)))
        """
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.start_time <= \(time) AND \(time) < least(t.end_time, t.revoke_time)) IS \(isActive.sql)"
    }
  }
}

extension Handover: StoredRecord {
  typealias Test = HandoverTest

  static let table = "delegations"
  static let columns = """
    t.id, t.delegator_id, t.delegate_id, t.readers, t.start_time, t.end_time, t.revoke_time, t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      delegator: try row.decode(),
      delegate: try row.decode(),
      readers: try row.codes(),
      period: try row.period(),
      revokeTime: try row.time(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

struct InsertHandover: PostgresStatement {
  typealias Row = Never
  var handover: Handover

  var sql: String {
    """
    INSERT INTO delegations (id, delegator_id, delegate_id, readers, start_time, end_time, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(handover.id)
    parameters.append(handover.delegator)
    parameters.append(handover.delegate)
    parameters.append(handover.readers)
    parameters.append(handover.period)
    parameters.append(handover.createTime)
  }
}

/// Revokes a delegation.
struct RevokeHandover: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE delegations SET revoke_time = $2, revision = revision + 1 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}
