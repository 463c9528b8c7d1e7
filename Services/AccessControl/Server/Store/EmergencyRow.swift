import AIP
import Policy
import Postgres

/// What emergency accesses are selected by.
enum EmergencyTest: RowTest, Hashable {
  case id(RecordID)
  case caseID(RecordID)
  case principal(RecordID)
  case isReviewed(Bool)
  /// Not reviewed and not over at the time.
  case isPending(PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): "t.id = \(sql.add(id))"
    case .caseID(let id): "t.case_id = \(sql.add(id))"
    case .principal(let id): "t.principal_id = \(sql.add(id))"
    case .isReviewed(let isReviewed): "(t.reviewer_id IS NOT NULL) IS \(isReviewed.sql)"
    case .isPending(let time): "t.reviewer_id IS NULL AND \(sql.add(time)) < t.end_time"
    }
  }
}

extension Emergency: StoredRecord {
  typealias Test = EmergencyTest

  static let table = "emergency_accesses"
  static let columns = """
    t.id, t.case_id, t.principal_id, t.reason, t.start_time, t.end_time, t.notified, t.reviewer_id, t.finding, \
    t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      principal: try row.decode(),
      reason: try row.decode(),
      period: try row.period(),
      notified: try row.decode(),
      reviewer: try row.decode(),
      finding: try row.decode(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

struct InsertEmergency: PostgresStatement {
  typealias Row = Never
  var emergency: Emergency

  var sql: String {
    """
    INSERT INTO emergency_accesses (id, case_id, principal_id, reason, start_time, end_time, notified, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(emergency.id)
    parameters.append(emergency.caseID)
    parameters.append(emergency.principal)
    parameters.append(emergency.reason)
    parameters.append(emergency.period)
    parameters.append(emergency.notified)
    parameters.append(emergency.createTime)
  }
}

/// Writes what a review changes.
struct UpdateEmergency: PostgresStatement {
  typealias Row = Never
  var emergency: Emergency

  var sql: String {
    "UPDATE emergency_accesses SET end_time = $2, reviewer_id = $3, finding = $4, revision = $5 WHERE id = $1"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(emergency.id)
    parameters.append(emergency.period.until)
    parameters.append(emergency.reviewer)
    parameters.append(emergency.finding)
    parameters.append(emergency.revision)
  }
}
