import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension IdentityService {
  func exchangeToken(request: PBExchangeTokenRequest, context: ServerContext) async throws -> PBExchangeTokenResponse {
    let visitor = try await visitors.current()
    // A token that gave another would never end.
    try visitor.require(Caller.current.token == nil)
    let session = sessions.make(.certificate, of: visitor.principal, at: visitor.now)
    let tokens = try await pool.withTransaction { transaction in
      try await sessions.begin(session, method: context.descriptor.fullyQualifiedMethod, in: transaction)
    }
    return .with {
      $0.accessToken = tokens.accessToken
      $0.expireTime = tokens.accessExpireTime
      $0.session = tokens.session
    }
  }
}
