import AIP
import GRPCCore
import Policy
import Postgres
import Sealing
import VigilAccessAPI

extension SignInService {
  /// Everything is looked at whatever is found, in the same order: an attempt by a name that there is not costs what one
  /// with a wrong password does, and one during a pause as well.
  func signIn(request: PBSignInRequest, context: ServerContext) async throws -> PBSessionTokens {
    let login = try Self.bounded(request.loginName, field: "login_name", limit: 255)
    let password = try Self.bounded(request.password, field: "password", limit: PasswordRule.lengths.upperBound)
    let key = LockoutKey(login: login)
    let isAdmitted = try await begin(key)
    let found = try await pool.execute(SelectCredential(login: login, time: now)).first
    let kept = found?.password ?? .nobody(hasher.cost)
    let isPasswordRight = try await hasher.matches(password, kept)
    let attempt = SignInAttempt(
      isAdmitted: isAdmitted, isKnown: found != nil, isPasswordRight: isPasswordRight,
      secondFactor: try await secondFactor(request, found))
    guard let found, let kind = attempt.session else { throw ServiceError.credentialsRefused }
    let session = sessions.make(kind, of: found.principal, at: now)
    return try await pool.withTransaction { transaction in
      guard try await use(attempt.secondFactor, request, found, in: transaction) else {
        throw ServiceError.credentialsRefused
      }
      _ = try await transaction.execute(UpdateLockout(key: key, lockout: Lockout(), time: session.createTime))
      return try await sessions.begin(session, method: context.descriptor.fullyQualifiedMethod, in: transaction)
    }
  }

  /// Counts the attempt.
  private func begin(_ key: LockoutKey) async throws -> Bool {
    let now = now
    return try await pool.withTransaction { transaction in
      let (_, _, found) = try await transaction.execute(
        PurgeLockouts(time: now), InsertLockout(key: key, time: now), LockLockout(key: key))
      var lockout = found.first ?? Lockout()
      let isAdmitted = lockout.begin(at: now)
      _ = try await transaction.execute(UpdateLockout(key: key, lockout: lockout, time: now))
      return isAdmitted
    }
  }

  private func secondFactor(
    _ request: PBSignInRequest, _ credential: Credential?
  ) async throws -> SignInAttempt.SecondFactor {
    let secret = Secret(typed: try Self.bounded(request.recoveryCode, field: "recovery_code", limit: 64))
    let id = credential?.id ?? RecordID(high: 0, low: 0)
    let isRecovery = try await pool.execute(SelectRecoveryCode(credential: id, digest: secret.digest)).first ?? false
    let told = try credential.map { try vault.open($0.sealedSecret, .credential($0.id)) }
    let totp = TOTP(secret: told ?? Array(repeating: 0, count: TOTP.secretSize))
    let step = totp.step(of: request.totpCode, at: now.seconds, after: credential?.totpStep ?? .max)
    return step.map { .step($0) } ?? (isRecovery ? .recovery : .wrong)
  }

  /// - Returns: false when another attempt has used it in between.
  private func use(
    _ factor: SignInAttempt.SecondFactor, _ request: PBSignInRequest, _ credential: Credential,
    in transaction: PostgresTransaction
  ) async throws -> Bool {
    switch factor {
    case .wrong: return false
    case .step(let step):
      return try await !transaction.execute(UseStep(credential: credential.id, step: step)).isEmpty
    case .recovery:
      let digest = Secret(typed: request.recoveryCode).digest
      return try await !transaction.execute(
        UseRecoveryCode(credential: credential.id, digest: digest, time: now)
      ).isEmpty
    }
  }

  /// Longer text is nothing that there could be.
  static func bounded(_ text: String, field: String, limit: Int) throws(ServiceError) -> String {
    guard text.unicodeScalars.count <= limit, !text.utf8.contains(0) else {
      throw .invalid(field, "must be of at most \(limit) characters")
    }
    return text
  }
}
