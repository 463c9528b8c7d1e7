import AIP
import GRPCCore
import Policy
import Postgres
import Sealing
import SwiftProtobuf
import VigilAccessAPI

extension SignInService {
  /// How many recovery codes there are.
  private static let recoveryCodes = 10

  func completeEnrolment(
    request: PBCompleteEnrolmentRequest, context: ServerContext
  ) async throws -> PBCompleteEnrolmentResponse {
    let now = now
    let id = try await invitation(request.invitationCode)
    // Whoever has no invitation makes nobody work.
    let seen = try await pool.withTransaction { try await lockedInvitation(id, at: now, in: $0) }
    try PasswordRule.check(request.password, login: seen.login)
    let password = try await hasher.digest(of: request.password)
    let secrets = (0..<Self.recoveryCodes).map { _ in Secret.recoveryCode() }
    try await pool.withTransaction { transaction in
      let found = try await lockedInvitation(id, at: now, in: transaction)
      let told = try found.invitation.sealedSecret.map { try vault.open($0, .invitation(id)) }
      guard let totp = told.map(TOTP.init), let step = totp.step(of: request.totpCode, at: now.seconds, after: 0)
      else {
        throw ServiceError.credentialsRefused
      }
      let credentialID = sessions.newID(at: now)
      let credential = Credential(
        id: credentialID, principal: found.invitation.principal, password: password,
        sealedSecret: try vault.seal(totp.secret, .credential(credentialID)), totpStep: step, createTime: now)
      try await keep(credential, secrets, found, context.descriptor.fullyQualifiedMethod, in: transaction)
    }
    return .with { $0.recoveryCodes = secrets.map(\.text) }
  }

  /// Puts the credential in the place of the one before, and ends what began with that.
  private func keep(
    _ credential: Credential, _ secrets: [Secret], _ found: LockInvitation.Row, _ method: String,
    in transaction: PostgresTransaction
  ) async throws {
    let (now, principal) = (credential.createTime, credential.principal)
    _ = try await transaction.execute(
      EndCredential(principal: principal, time: now), InsertCredential(credential: credential),
      EndSessions(choice: .of(principal), time: now, end: .credentialsChanged),
      SpendInvitation(id: found.invitation.id, time: now),
      UpdateLockout(key: LockoutKey(login: found.login), lockout: Lockout(), time: now))
    for secret in secrets {
      let insert = InsertRecoveryCode(
        id: sessions.newID(at: now), credential: credential.id, digest: secret.digest)
      _ = try await transaction.execute(insert)
    }
    let message = PBInvitation(found.invitation)
    let act = InsertAct(
      id: sessions.newID(at: now), time: now, principal: principal, method: method, resource: message.name,
      reason: "enrolled", result: try message.serializedBytes())
    try await sessions.keep(act, of: principal, in: transaction)
  }
}
