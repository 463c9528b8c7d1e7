import Crypto
import Policy
import Postgres

/// Where the attempts to sign in by a name are counted, whether there is such a name or not.
struct LockoutKey: Hashable, Sendable {
  let digest: [UInt8]

  init(login: String) { digest = Array(SHA256.hash(data: Array(login.utf8))) }
}

/// Makes a place for the name, if there is none.
struct InsertLockout: PostgresStatement {
  typealias Row = Never
  var key: LockoutKey
  var time: PolicyTime

  var sql: String {
    """
    INSERT INTO lockouts (login_digest, failures, until_time, attempt_time) VALUES ($1, 0, '-infinity', $2) \
    ON CONFLICT (login_digest) DO NOTHING
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key.digest)
    parameters.append(time)
  }
}

/// What is counted, which nobody else changes until the transaction ends.
struct LockLockout: PostgresStatement {
  var key: LockoutKey

  var sql: String { "SELECT failures, until_time FROM lockouts WHERE login_digest = $1 FOR UPDATE" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(key.digest) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Lockout {
    Lockout(failures: try row.decode(), until: try row.time())
  }
}

struct UpdateLockout: PostgresStatement {
  typealias Row = Never
  var key: LockoutKey
  var lockout: Lockout
  var time: PolicyTime

  var sql: String {
    "UPDATE lockouts SET failures = $2, until_time = $3, attempt_time = $4 WHERE login_digest = $1"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key.digest)
    parameters.append(lockout.failures)
    parameters.append(lockout.until)
    parameters.append(time)
  }
}

/// Drops what nobody has tried for a day, some at a time.
struct PurgeLockouts: PostgresStatement {
  typealias Row = Never
  /// The present.
  var time: PolicyTime

  var sql: String {
    """
    DELETE FROM lockouts WHERE login_digest IN (SELECT login_digest FROM lockouts \
    WHERE attempt_time < $1 - interval '1 day' ORDER BY attempt_time LIMIT 100 FOR UPDATE SKIP LOCKED)
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }
}
