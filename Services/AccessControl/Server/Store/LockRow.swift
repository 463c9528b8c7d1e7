import AIP
import Policy
import Postgres

/// What lockdowns are selected by.
enum LockTest: RowTest, Hashable {
  case id(RecordID)
  case mission(PartyID)
  /// Of one of the missions, or of every one.
  case touches([PartyID])
  case isActive(Bool, at: PolicyTime)
  /// Not over at the time, whether it has begun or not.
  case isPending(PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .mission(let mission): return "(t.mission IS NOT NULL AND t.mission = \(sql.add(mission.description)))"
    case .touches(let missions):
      return "(t.mission IS NULL OR t.mission = ANY(\(sql.add(missions.map(\.description)))))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    case .isPending(let time): return "\(sql.add(time)) < t.end_time"
    }
  }
}

extension Lock: StoredRecord {
  typealias Test = LockTest

  static let table = "lockdowns"
  static let columns = """
    t.id, t.mission, t.mode, t.start_time, t.end_time, t.initiator_id, t.ender_id, t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      mission: try row.optionalParty(),
      mode: try row.mode(),
      period: try row.period(),
      initiator: try row.decode(),
      ender: try row.decode(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

extension PostgresRow {
  fileprivate mutating func mode() throws(PostgresError) -> Lockdown.Mode {
    let number: Int16 = try decode()
    guard let mode = Lockdown.Mode(number: number) else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return mode
  }
}

struct InsertLock: PostgresStatement {
  typealias Row = Never
  var lock: Lock

  var sql: String {
    """
    INSERT INTO lockdowns (id, mission, mode, start_time, end_time, initiator_id, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(lock.id)
    parameters.append(lock.mission)
    parameters.append(lock.mode.number)
    parameters.append(lock.period)
    parameters.append(lock.initiator)
    parameters.append(lock.createTime)
  }
}

/// Writes what the end of a lockdown changes.
struct UpdateLock: PostgresStatement {
  typealias Row = Never
  var lock: Lock

  var sql: String { "UPDATE lockdowns SET end_time = $2, ender_id = $3, revision = $4 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(lock.id)
    parameters.append(lock.period.until)
    parameters.append(lock.ender)
    parameters.append(lock.revision)
  }
}
