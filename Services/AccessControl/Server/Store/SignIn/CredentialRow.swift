import AIP
import Policy
import Postgres

/// The credential in force of whoever is known by a login name and may act at the time; no row for anybody else.
struct SelectCredential: PostgresStatement {
  static let isReadOnly = true
  var login: String
  var time: PolicyTime

  var sql: String {
    """
    SELECT c.id, c.principal_id, c.salt, c.rounds_log2, c.block_size, c.parallelism, c.digest, c.totp_secret, \
    c.totp_step, c.create_time FROM credentials c JOIN principals p ON p.id = c.principal_id \
    JOIN organisations o ON o.id = p.organisation_id WHERE p.token_subject = $1 AND c.end_time = 'infinity' \
    AND $2 < p.disable_time AND o.start_time <= $2 AND $2 < o.end_time
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(login)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Credential {
    let (id, principal): (RecordID, RecordID) = (try row.decode(), try row.decode())
    let salt: [UInt8] = try row.decode()
    let cost = PasswordDigest.Cost(
      roundsLog2: try row.decode(), blockSize: try row.decode(), parallelism: try row.decode())
    return Credential(
      id: id, principal: principal,
      password: PasswordDigest(salt: salt, cost: cost, digest: try row.decode()),
      sealedSecret: try row.decode(), totpStep: try row.decode(), createTime: try row.time())
  }
}

struct InsertCredential: PostgresStatement {
  typealias Row = Never
  var credential: Credential

  var sql: String {
    """
    INSERT INTO credentials (id, principal_id, salt, rounds_log2, block_size, parallelism, digest, totp_secret, \
    totp_step, create_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(credential.id)
    parameters.append(credential.principal)
    parameters.append(credential.password.salt)
    parameters.append(credential.password.cost.roundsLog2)
    parameters.append(credential.password.cost.blockSize)
    parameters.append(credential.password.cost.parallelism)
    parameters.append(credential.password.digest)
    parameters.append(credential.sealedSecret)
    parameters.append(credential.totpStep)
    parameters.append(credential.createTime)
  }
}

/// Ends the credential in force of a principal, if there is one.
struct EndCredential: PostgresStatement {
  typealias Row = Never
  var principal: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE credentials SET end_time = $2 WHERE principal_id = $1 AND end_time = 'infinity'" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(principal)
    parameters.append(time)
  }
}

/// Uses the code of a step. No row when it, or a later one, was used before, or when the credential is no longer good.
struct UseStep: PostgresStatement {
  var credential: RecordID
  var step: Int64

  var sql: String {
    "UPDATE credentials SET totp_step = $2 WHERE id = $1 AND totp_step < $2 AND end_time = 'infinity' RETURNING id"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(credential)
    parameters.append(step)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}

struct InsertRecoveryCode: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var credential: RecordID
  var digest: [UInt8]

  var sql: String { "INSERT INTO recovery_codes (id, credential_id, digest) VALUES ($1, $2, $3)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(credential)
    parameters.append(digest)
  }
}

/// Whether a recovery code of a credential has not been used.
struct SelectRecoveryCode: PostgresStatement {
  static let isReadOnly = true
  var credential: RecordID
  var digest: [UInt8]

  var sql: String {
    """
    SELECT EXISTS (SELECT FROM recovery_codes WHERE credential_id = $1 AND digest = $2 AND use_time = 'infinity')
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(credential)
    parameters.append(digest)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}

/// Uses a recovery code. No row when it was used before, or when the credential is no longer good.
struct UseRecoveryCode: PostgresStatement {
  var credential: RecordID
  var digest: [UInt8]
  var time: PolicyTime

  var sql: String {
    """
    UPDATE recovery_codes r SET use_time = $3 FROM credentials c WHERE r.credential_id = $1 AND r.digest = $2 \
    AND r.use_time = 'infinity' AND c.id = r.credential_id AND c.end_time = 'infinity' RETURNING r.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(credential)
    parameters.append(digest)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}
