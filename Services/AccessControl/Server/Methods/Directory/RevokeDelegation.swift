import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func revokeDelegation(request: PBRevokeDelegationRequest, context: ServerContext) async throws -> PBDelegation {
    let name = try DelegationName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let select = LockRecords<Handover>(.all([visitor.handovers, .condition(.id(name.id))]), limit: 1)
      guard var handover = try await change.transaction.execute(select).first else {
        throw ServiceError.notFound(type: "vigil.un.org/Delegation", name: request.name)
      }
      // Who handed over, who took over, and whoever could end the roles themselves.
      let isOwn = [handover.delegator, handover.delegate].contains(visitor.principal)
      try visitor.require(isOwn || handover.readers.allSatisfy(visitor.administration.mayAppoint))
      try Etag(revision: handover.revision).check(request.etag)
      guard change.now < min(handover.period.until, handover.revokeTime) else {
        throw ServiceError.ended("the delegation has ended already")
      }
      handover.revokeTime = change.now
      handover.revision += 1
      try await change.transaction.execute(RevokeHandover(id: handover.id, time: change.now))
      return PBDelegation(handover)
    }
  }
}
