import AIP
import Identity
import Policy
import Postgres

/// What certificates are selected by.
enum CertificateTest: RowTest, Hashable {
  case serial(SerialNumber)
  case principal(RecordID)
  /// Of principals of the organisation.
  case organisation(RecordID)
  case state(CertificateRecord.State)
  /// Issued and in its period.
  case isActive(Bool, at: PolicyTime)
  /// Revoked, and would hold at the time or later.
  case isRevoked(PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .serial(let serial): return "t.serial = \(sql.add(serial.description))"
    case .principal(let id): return "(t.principal_id IS NOT NULL AND t.principal_id = \(sql.add(id)))"
    case .organisation(let id):
      return """
        EXISTS (SELECT FROM principals p WHERE p.id = t.principal_id AND p.organisation_id = \(sql.add(id)))
        """
    case .state(let state): return "t.state = \(sql.add(state))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.state = 2 AND t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    case .isRevoked(let time): return "t.state = 3 AND \(sql.add(time)) < t.end_time"
    }
  }
}

extension CertificateRecord.State: PostgresEncodable, PostgresDecodable {}

extension CertificateRecord: StoredRecord {
  typealias Test = CertificateTest

  static let table = "certificates"
  static let columns = """
    t.serial, t.principal_id, t.state, t.key_digest, t.signing_request, t.chain, t.start_time, t.end_time, \
    t.revoke_time, t.requester_id, t.issuer_id, t.predecessor, t.revision, t.create_time
    """
  static let key = "serial"
  static let isDescending = false

  var keyValue: ListKey { .text(serial.description) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      serial: try row.serial(),
      principal: try row.decode(),
      state: try row.decode(),
      keyDigest: try row.decode(),
      signingRequest: try row.decode(),
      chain: try row.decode(),
      period: try row.period(),
      revokeTime: try row.time(),
      requester: try row.decode(),
      issuer: try row.decode(),
      predecessor: try row.decode(String?.self).flatMap { SerialNumber($0) },
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

extension PostgresRow {
  fileprivate mutating func serial() throws(PostgresError) -> SerialNumber {
    guard let serial = SerialNumber(try decode(String.self)) else {
      throw PostgresError(.decoding(column: 0, .malformed))
    }
    return serial
  }
}

/// Puts a certificate on record, or writes what changes of it.
struct UpsertCertificate: PostgresStatement {
  typealias Row = Never
  var record: CertificateRecord

  var sql: String {
    """
    INSERT INTO certificates (serial, principal_id, state, key_digest, signing_request, chain, start_time, end_time, \
    revoke_time, requester_id, issuer_id, predecessor, revision, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
    ON CONFLICT (serial) DO UPDATE SET state = $3, chain = $6, start_time = $7, end_time = $8, revoke_time = $9, \
    issuer_id = $11, revision = $13
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(record.serial.description)
    parameters.append(record.principal)
    parameters.append(record.state)
    parameters.append(record.keyDigest)
    parameters.append(record.signingRequest)
    parameters.append(record.chain)
    parameters.append(record.period)
    parameters.append(record.revokeTime)
    parameters.append(record.requester)
    parameters.append(record.issuer)
    parameters.append(record.predecessor?.description)
    parameters.append(record.revision)
    parameters.append(record.createTime)
  }
}

/// Revokes a certificate and all that were renewed by it, one after the other.
struct RevokeCertificates: PostgresStatement {
  typealias Row = Never
  var serial: SerialNumber
  var time: PolicyTime

  var sql: String {
    """
    UPDATE certificates SET state = 3, revoke_time = $2, revision = revision + 1 WHERE state <> 3 AND serial IN (\
    WITH RECURSIVE line AS (SELECT $1 COLLATE "C" AS serial \
    UNION SELECT c.serial FROM certificates c JOIN line ON c.predecessor = line.serial) SELECT serial FROM line)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(serial.description)
    parameters.append(time)
  }
}

/// Keeps others from renewing and revoking until the transaction ends, so that nothing is renewed by what is revoked.
struct LockCertificates: PostgresStatement {
  typealias Row = Never
  var sql: String { "LOCK TABLE certificates IN SHARE ROW EXCLUSIVE MODE" }
}

/// Whether a certificate was revoked. Of one that is not on record nobody has said so.
struct IsRevoked: PostgresStatement {
  static let isReadOnly = true
  /// Nil for a caller that showed none.
  var serial: SerialNumber?

  var sql: String { "SELECT EXISTS (SELECT FROM certificates WHERE serial = $1 AND state = 3)" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(serial?.description) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}
