import AIP
import GRPCCore
import Policy
import Postgres
import Sealing
import SwiftProtobuf
import VigilAccessAPI

extension SignInService {
  func beginEnrolment(
    request: PBBeginEnrolmentRequest, context: ServerContext
  ) async throws -> PBBeginEnrolmentResponse {
    let (now, totp) = (now, TOTP.random())
    let id = try await invitation(request.invitationCode)
    let login = try await pool.withTransaction { transaction in
      let found = try await lockedInvitation(id, at: now, in: transaction)
      _ = try await transaction.execute(
        SetInvitationFactor(id: id, sealedSecret: try vault.seal(totp.secret, .invitation(id))))
      return found.login
    }
    return .with {
      $0.loginName = login
      $0.totpSecret = Base32.encode(totp.secret)
      $0.totpUri = totp.uri(for: login)
    }
  }

  /// The invitation that a code is of.
  func invitation(_ code: String) async throws -> RecordID {
    guard let id = try await codes.id(of: try Self.bounded(code, field: "invitation_code", limit: 256)) else {
      throw ServiceError.credentialsRefused
    }
    return id
  }

  /// An invitation that can be spent now, and is by nobody else.
  func lockedInvitation(
    _ id: RecordID, at now: PolicyTime, in transaction: PostgresTransaction
  ) async throws -> LockInvitation.Row {
    guard let found = try await transaction.execute(LockInvitation(id: id, time: now)).first,
      found.invitation.isGood(for: found.readers, at: now)
    else { throw ServiceError.credentialsRefused }
    return found
  }
}
