import AIP
import Policy
import Postgres

/// What sessions are selected by.
enum SessionTest: RowTest, Hashable {
  case id(RecordID)
  case principal(RecordID)
  case isActive(Bool, at: PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .principal(let id): return "t.principal_id = \(sql.add(id))"
    case .isActive(let isActive, let time):
      return "(\(sql.add(time)) < least(t.expire_time, t.end_time)) IS \(isActive.sql)"
    }
  }
}

extension Session: StoredRecord {
  typealias Test = SessionTest

  static let table = "sessions"
  static let columns = """
    t.id, t.principal_id, t.kind, t.create_time, t.refresh_time, t.expire_time, t.token_expire_time, t.end_time, \
    t.end_reason, t.readers
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(), principal: try row.decode(), kind: try row.decode(), createTime: try row.time(),
      refreshTime: try row.time(), expireTime: try row.time(), tokenExpireTime: try row.time(),
      endTime: try row.time(), end: try row.decode(), readers: try row.optionalCodes())
  }
}

extension Session.Kind: PostgresEncodable, PostgresDecodable {}
extension Session.End: PostgresEncodable, PostgresDecodable {}

struct InsertSession: PostgresStatement {
  typealias Row = Never
  var session: Session

  var sql: String {
    """
    INSERT INTO sessions (id, principal_id, kind, create_time, refresh_time, expire_time, token_expire_time, readers) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(session.id)
    parameters.append(session.principal)
    parameters.append(session.kind)
    parameters.append(session.createTime)
    parameters.append(session.refreshTime)
    parameters.append(session.expireTime)
    parameters.append(session.tokenExpireTime)
    parameters.append(session.readers)
  }
}

/// New tokens were given. (Not a change that services are told of.)
struct RenewSession: PostgresStatement {
  typealias Row = Never
  var session: Session

  var sql: String { "UPDATE sessions SET refresh_time = $2, token_expire_time = $3 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(session.id)
    parameters.append(session.refreshTime)
    parameters.append(session.tokenExpireTime)
  }
}

/// Ends sessions that nobody has ended. Services are told when the transaction ends.
struct EndSessions: PostgresStatement {
  /// Which: of a principal, or one.
  enum Choice: Hashable, Sendable {
    case of(RecordID)
    case one(RecordID)
  }

  typealias Row = Never
  var choice: Choice
  var time: PolicyTime
  var end: Session.End

  var sql: String {
    let column = if case .of = choice { "principal_id" } else { "id" }
    return """
      UPDATE sessions SET end_time = $2, end_reason = $3 WHERE \(column) = $1 AND end_time = 'infinity' \
      AND $2 < expire_time
      """
  }

  func bind(_ parameters: inout PostgresParameters) {
    switch choice {
    case .of(let id), .one(let id): parameters.append(id)
    }
    parameters.append(time)
    parameters.append(end)
  }
}

/// The sessions that have ended although tokens of them would still be good at the time.
struct SelectEndedSessions: PostgresStatement {
  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    "SELECT id, token_expire_time FROM sessions WHERE end_time < 'infinity' AND $1 < token_expire_time ORDER BY id"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> EndedSession {
    EndedSession(id: try row.decode(), until: try row.time())
  }
}
