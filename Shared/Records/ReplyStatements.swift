import AIP
import Postgres

/// Keeps out calls with the same request id until the transaction ends.
struct LockReply: PostgresStatement {
  var key: Replies.Key

  // The namespace is any number that nothing else in these schemas locks.
  var sql: String { "SELECT pg_advisory_xact_lock(2590, hashtext($1))::text" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append("\(key.requestID.id) \(key.method) \(key.principal)")
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

/// An answer given before.
struct SelectReply: PostgresStatement {
  struct Row: Sendable {
    var digest: [UInt8]
    var response: [UInt8]
  }

  var key: Replies.Key

  var sql: String {
    "SELECT request_digest, response FROM replies WHERE principal = $1 AND method = $2 AND request_id = $3"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key.principal)
    parameters.append(key.method)
    parameters.append(key.requestID.id)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(digest: try row.decode(), response: try row.decode())
  }
}

/// Keeps an answer.
struct InsertReply: PostgresStatement {
  typealias Row = Never
  var key: Replies.Key
  var response: [UInt8]
  var time: PostgresTimestamp

  var sql: String {
    """
    INSERT INTO replies (principal, method, request_id, request_digest, response, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key.principal)
    parameters.append(key.method)
    parameters.append(key.requestID.id)
    parameters.append(key.digest)
    parameters.append(response)
    parameters.append(time)
  }
}

/// Drops answers that are older than the contracts promise to keep them.
struct PurgeReplies: PostgresStatement {
  typealias Row = Never
  /// The present.
  var time: PostgresTimestamp

  var sql: String { "DELETE FROM replies WHERE create_time < $1 - interval '30 days'" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(time)
  }
}
