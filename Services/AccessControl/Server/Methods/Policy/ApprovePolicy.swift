import AIP
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension PolicyService {
  func approvePolicy(request: PBApprovePolicyRequest, context: ServerContext) async throws -> PBPolicyApproval {
    guard request.digest.count == 32 else { throw ServiceError.invalid("digest", "must be of 32 bytes") }
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      try visitor.require(!visitor.administration.readers.intersection(PolicyVersion.deciders).isEmpty)
      let id = change.newID()
      try await change.transaction.execute(
        InsertApproval(id: id, digest: Array(request.digest), approver: visitor.principal, time: change.now))
      return .with {
        $0.name = "policyApprovals/\(id)"
        $0.digest = request.digest
        $0.approver = PrincipalName(visitor.principal).description
      }
    }
  }
}
