import AIP
import GRPCCore
import Identity
import Policy
import PolicyPostgres
import Postgres
import Records

/// The policy and what changes it for the moment, as they are on record.
struct PolicyStore: Sendable {
  let pool: PostgresPool

  /// The number of the last change of what services decide by.
  func sequence() async throws -> UInt64 { try Self.sequence(await pool.execute(SelectSequence())) }

  /// All that services decide by, of one moment. What is over is left out; what is not yet is in it with its period.
  func snapshot(at time: PolicyTime) async throws -> PolicySnapshot {
    try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      let (sequences, policies, permits, holds, emergencies, locks, principals, handovers, keys, ended, revoked) =
        try await transaction.execute(
          SelectSequence(), SelectPolicy(), SelectRecords<Permit>(all: .isPending(time)),
          SelectRecords<Hold>(all: .isPending(time)), SelectRecords<Emergency>(all: .isPending(time)),
          SelectRecords<Lock>(all: .isPending(time)), SelectRoster(time: time), SelectHandedOverRoster(time: time),
          SelectTokenKeys(time: time), SelectEndedSessions(time: time),
          SelectRecords<CertificateRecord>(all: .isRevoked(time)))
      return PolicySnapshot(
        sequence: try Self.sequence(sequences), issuedAt: time, policy: try policies.first?.policy ?? Policy.standard(),
        lockdowns: locks.map(\.lockdown),
        grants: permits.compactMap { permit in permit.approver.map { permit.grant(approver: $0) } },
        emergencies: emergencies.map(\.breakGlass), principals: Roster.enrolments(principals, handovers),
        holds: holds.map { CaseHold(caseID: $0.caseID, embargo: $0.embargo) }, tokenKeys: keys, endedSessions: ended,
        revokedCertificates: Set(revoked.compactMap { RevokedCertificate($0.serial.description) }))
    }
  }

  private static func sequence(_ rows: [Int64]) throws(ServiceError) -> UInt64 {
    guard let sequence = rows.first else {
      throw ServiceError(.internalError, .internalFault, "the sequence of policies is missing")
    }
    return UInt64(sequence)
  }
}

private struct SelectSequence: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT sequence FROM policy_state" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// The policy in force; no row while nobody has set one.
struct SelectPolicy: PostgresStatement {
  static let isReadOnly = true

  var sql: String { "SELECT text, author_id, approver_id, create_time FROM policies ORDER BY version DESC LIMIT 1" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> PolicyVersion {
    let text: String = try row.decode()
    // It was read before it was written.
    guard let policy = try? Policy(text: text) else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return PolicyVersion(
      policy: policy, author: try row.decode(), approver: try row.decode(), createTime: try row.time())
  }
}

/// Keeps others from changing the policy until the transaction ends.
struct LockPolicies: PostgresStatement {
  typealias Row = Never
  var sql: String { "LOCK TABLE policies IN SHARE ROW EXCLUSIVE MODE" }
}

struct InsertPolicy: PostgresStatement {
  typealias Row = Never
  var policy: Policy
  var author: RecordID
  var approver: RecordID
  var time: PolicyTime

  var sql: String {
    "INSERT INTO policies (version, text, author_id, approver_id, create_time) VALUES ($1, $2, $3, $4, $5)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(Int32(clamping: policy.version))
    parameters.append(policy.canonicalText)
    parameters.append(author)
    parameters.append(approver)
    parameters.append(time)
  }
}

/// Whether somebody has agreed to a text.
struct SelectApproval: PostgresStatement {
  static let isReadOnly = true
  var digest: [UInt8]
  var approver: RecordID

  var sql: String { "SELECT EXISTS (SELECT FROM policy_approvals WHERE digest = $1 AND approver_id = $2)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(digest)
    parameters.append(approver)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}

struct InsertApproval: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var digest: [UInt8]
  var approver: RecordID
  var time: PolicyTime

  var sql: String {
    "INSERT INTO policy_approvals (id, digest, approver_id, create_time) VALUES ($1, $2, $3, $4)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(digest)
    parameters.append(approver)
    parameters.append(time)
  }
}
