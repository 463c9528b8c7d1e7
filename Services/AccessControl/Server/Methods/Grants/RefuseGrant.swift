import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func refuseGrant(request: PBRefuseGrantRequest, context: ServerContext) async throws -> PBGrant {
    let name = try GrantName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      var permit = try await lockedPermit(name, change)
      let visitor = change.visitor
      try visitor.require(visitor.approvesGrants && permit.requester != visitor.principal)
      try permit.take(.refuse, etag: request.etag)
      permit.approver = visitor.principal
      try await change.transaction.execute(UpdatePermit(permit: permit))
      return PBGrant(permit)
    }
  }
}

extension Visitor {
  /// Whether the policy lets it approve grants, in an own role.
  var approvesGrants: Bool {
    !administration.readers.intersection(evaluator.policy.grants.approvers).isEmpty
  }
}
