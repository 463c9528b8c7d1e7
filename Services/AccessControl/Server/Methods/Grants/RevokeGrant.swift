import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func revokeGrant(request: PBRevokeGrantRequest, context: ServerContext) async throws -> PBGrant {
    let name = try GrantName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      var permit = try await lockedPermit(name, change)
      let visitor = change.visitor
      // One's own request can always be taken back, one's own right given up.
      try visitor.require(visitor.approvesGrants || permit.requester == visitor.principal)
      try permit.take(.revoke, etag: request.etag)
      try await change.transaction.execute(UpdatePermit(permit: permit))
      return PBGrant(permit)
    }
  }
}
