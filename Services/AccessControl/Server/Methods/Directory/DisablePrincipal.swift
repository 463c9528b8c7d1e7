import AIP
import GRPCCore
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func disablePrincipal(request: PBDisablePrincipalRequest, context: ServerContext) async throws -> PBPrincipal {
    let name = try PrincipalName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      // Nobody stops itself: so there is always somebody left who may enrol.
      try change.visitor.require(change.visitor.administration.mayEnrol && name.id != change.visitor.principal)
      var principal = try await lockedPrincipal(name, change)
      try Etag(revision: principal.revision).check(request.etag)
      guard !principal.isDisabled else { throw ServiceError.ended("the principal was stopped already") }
      try await change.transaction.execute(StopPrincipal(id: principal.id, time: change.now))
      principal.disableTime = change.now
      principal.revision += 1
      return PBPrincipal(principal)
    }
  }
}
