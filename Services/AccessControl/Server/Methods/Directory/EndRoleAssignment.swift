import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func endRoleAssignment(
    request: PBEndRoleAssignmentRequest, context: ServerContext
  ) async throws -> PBRoleAssignment {
    let name = try RoleAssignmentName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      _ = try await lockedPrincipal(PrincipalName(name.principal), change)
      let select = LockRecords<Role>(
        .all([.condition(.principal(name.principal)), .condition(.id(name.id))]), limit: 1)
      guard var role = try await change.transaction.execute(select).first else {
        throw ServiceError.notFound(type: "vigil.un.org/RoleAssignment", name: request.name)
      }
      let visitor = change.visitor
      // Nobody ends its own: so there is always somebody left who may give it.
      try visitor.require(visitor.administration.mayAppoint(role.reader) && name.principal != visitor.principal)
      try Etag(revision: role.revision).check(request.etag)
      guard change.now < role.period.until else { throw ServiceError.ended("the role has ended already") }
      // One that has not begun never begins.
      role.period.until = max(change.now, role.period.from)
      role.revision += 1
      try await change.transaction.execute(EndRole(id: role.id, time: role.period.until))
      return PBRoleAssignment(role)
    }
  }
}
