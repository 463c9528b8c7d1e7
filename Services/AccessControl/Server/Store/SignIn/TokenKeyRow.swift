import Policy
import Postgres

/// The keys that tokens may be signed with at the time, now or soon.
struct SelectTokenKeys: PostgresStatement {
  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    "SELECT id, public_key FROM token_keys WHERE create_time <= $1 AND $1 < end_time ORDER BY start_time, id"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> TokenKey {
    guard let key = TokenKey(id: try row.decode(), publicKey: try row.decode()) else {
      throw PostgresError(.decoding(column: 0, .malformed))
    }
    return key
  }
}

/// The key that signs at the time; no row before there is one.
struct SelectSigningKey: PostgresStatement {
  struct Row: Sendable {
    var id: String
    var sealed: [UInt8]
  }

  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    "SELECT id, seed FROM token_keys WHERE start_time <= $1 AND seed IS NOT NULL ORDER BY start_time DESC LIMIT 1"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(id: try row.decode(), sealed: try row.decode())
  }
}

/// All keys but those that are over and forgotten.
struct SelectKeyRing: PostgresStatement {
  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    "SELECT id, start_time, end_time, seed IS NOT NULL FROM token_keys WHERE $1 < end_time OR seed IS NOT NULL"
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> KeyRing.Key {
    KeyRing.Key(id: try row.decode(), startTime: try row.time(), endTime: try row.time(), hasSeed: try row.decode())
  }
}

/// Keeps other instances from changing the keys until the transaction ends; whoever reads them does not wait.
struct LockKeyRing: PostgresStatement {
  typealias Row = Never
  var sql: String { "LOCK TABLE token_keys IN SHARE ROW EXCLUSIVE MODE" }
}

struct InsertTokenKey: PostgresStatement {
  typealias Row = Never
  var key: TokenKey
  var sealed: [UInt8]
  var createTime: PolicyTime
  var startTime: PolicyTime

  var sql: String {
    "INSERT INTO token_keys (id, public_key, seed, create_time, start_time) VALUES ($1, $2, $3, $4, $5)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key.id)
    parameters.append(key.publicKey)
    parameters.append(sealed)
    parameters.append(createTime)
    parameters.append(startTime)
  }
}

struct EndTokenKey: PostgresStatement {
  typealias Row = Never
  var id: String
  var time: PolicyTime

  var sql: String { "UPDATE token_keys SET end_time = $2 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}

/// Forgets the secret half of a key.
struct ForgetTokenKey: PostgresStatement {
  typealias Row = Never
  var id: String

  var sql: String { "UPDATE token_keys SET seed = NULL WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }
}
