import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension SignInService {
  func refreshTokens(request: PBRefreshTokensRequest, context: ServerContext) async throws -> PBSessionTokens {
    let shown = Secret(text: try Self.bounded(request.refreshToken, field: "refresh_token", limit: 256))
    let (now, method) = (now, context.descriptor.fullyQualifiedMethod)
    let tokens: PBSessionTokens? = try await pool.withTransaction { transaction in
      guard let found = try await transaction.execute(LockRefreshToken(digest: shown.digest)).first else { return nil }
      switch found.token.verdict(in: found.session, at: now) {
      case .refuse: return nil
      case .end:
        // Kept, although the caller is refused.
        try await sessions.end(
          found.session, .reused, at: now, method: method, reason: "a refresh token was shown twice", in: transaction)
        return nil
      case .renew:
        guard try await mayGoOn(found.session, at: now, in: transaction) else { return nil }
        _ = try await transaction.execute(UseRefreshToken(id: found.token.id, time: now))
        return try await sessions.renew(found.session, at: now, in: transaction)
      }
    }
    guard let tokens else { throw ServiceError.credentialsRefused }
    return tokens
  }

  /// Whether the principal may still act.
  private func mayGoOn(
    _ session: Session, at now: PolicyTime, in transaction: PostgresTransaction
  ) async throws -> Bool {
    let rows = try await transaction.execute(SelectActor(proof: .principal(session.principal), time: now))
    return Actor(rows) != nil
  }
}
