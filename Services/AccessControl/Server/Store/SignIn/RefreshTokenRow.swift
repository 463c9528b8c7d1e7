import AIP
import Policy
import Postgres

/// A refresh token and its session by what was shown, which nobody else uses until the transaction ends.
struct LockRefreshToken: PostgresStatement {
  struct Row: Sendable {
    var token: RefreshToken
    var session: Session
  }

  var digest: [UInt8]

  var sql: String {
    """
    SELECT r.id, r.session_id, r.digest, r.create_time, r.expire_time, r.use_time, \(Session.columns) \
    FROM refresh_tokens r JOIN sessions t ON t.id = r.session_id WHERE r.digest = $1 FOR UPDATE
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(digest) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let token = RefreshToken(
      id: try row.decode(), session: try row.decode(), digest: try row.decode(), createTime: try row.time(),
      expireTime: try row.time(), useTime: try row.time())
    return Row(token: token, session: try Session(&row))
  }
}

struct InsertRefreshToken: PostgresStatement {
  typealias Row = Never
  var token: RefreshToken

  var sql: String {
    "INSERT INTO refresh_tokens (id, session_id, digest, create_time, expire_time) VALUES ($1, $2, $3, $4, $5)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(token.id)
    parameters.append(token.session)
    parameters.append(token.digest)
    parameters.append(token.createTime)
    parameters.append(token.expireTime)
  }
}

struct UseRefreshToken: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE refresh_tokens SET use_time = $2 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}
