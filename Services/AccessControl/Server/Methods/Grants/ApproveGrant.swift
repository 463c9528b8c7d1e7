import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func approveGrant(request: PBApproveGrantRequest, context: ServerContext) async throws -> PBGrant {
    let name = try GrantName(parsing: request.name)
    let visitor = try await visitors.current()
    let asked = try await permit(name, for: visitor)
    let sight = try await sights.sight(of: asked.caseID, by: visitor)
    return try await ledger.record(request, context) { change in
      var permit = try await lockedPermit(name, change)
      permit.isClearedByLegal = request.clearsForLegal
      let grant = permit.grant(approver: change.visitor.principal)
      if let refusal = sight.evaluator.refusal(of: grant, approver: sight.context, on: sight.facts) {
        throw ServiceError(refusal)
      }
      try permit.take(.approve, etag: request.etag)
      permit.approver = change.visitor.principal
      try await change.transaction.execute(UpdatePermit(permit: permit))
      return PBGrant(permit)
    }
  }
}

extension ServiceError {
  fileprivate init(_ refusal: GrantApprovalRefusal) {
    switch refusal {
    case .noClass, .badPeriod:
      self.init(.failedPrecondition, .grantNotApprovable, "the period is over, or longer than the policy allows")
    case .notGrantable(let classes):
      self.init(
        .failedPrecondition, .grantNotApprovable, "no grant opens these classes",
        metadata: ["data_classes": classes.description])
    case .notLiftable(let caveats):
      self.init(
        .failedPrecondition, .grantNotApprovable, "no grant lifts these caveats",
        metadata: ["caveats": caveats.description])
    case .selfApproved, .approverBenefits, .notAnApprover, .notLegal, .beyondApprover:
      self = .refused
    }
  }
}
