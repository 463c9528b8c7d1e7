import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension SignInService {
  func signOut(request: PBSignOutRequest, context: ServerContext) async throws -> PBSignOutResponse {
    let shown = Secret(text: try Self.bounded(request.refreshToken, field: "refresh_token", limit: 256))
    let (now, method) = (now, context.descriptor.fullyQualifiedMethod)
    try await pool.withTransaction { transaction in
      guard let found = try await transaction.execute(LockRefreshToken(digest: shown.digest)).first,
        found.session.isActive(at: now)
      else { return }
      try await sessions.end(
        found.session, .signedOut, at: now, method: method, reason: "signed out", in: transaction)
    }
    return PBSignOutResponse()
  }
}
