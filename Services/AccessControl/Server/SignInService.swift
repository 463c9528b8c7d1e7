import AIP
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import Records
import Sealing
import VigilAccessAPI

/// `vigil.access.v1.SignInService`: how people prove who they are. It takes calls of those who have not yet. Each method
/// is in a file of its own in `Methods/SignIn`.
struct SignInService: PBSignInService.SimpleServiceProtocol {
  let pool: PostgresPool
  let clock: WallClock
  let hasher: PasswordHasher
  let sessions: Sessions
  let codes: InvitationCodes
  let vault: Vault
  /// Nil in a deployment whose people all have passwords here.
  let issuer: ExternalIssuer?

  var now: PolicyTime { PolicyTime(clock.now()) }
}

extension ServiceError {
  /// The one answer to everything that was shown to sign in and is not right.
  static let credentialsRefused = ServiceError(
    .unauthenticated, .credentialsRefused, "what was shown is not right, or no longer good")
}
