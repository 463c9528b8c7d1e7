import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func createRoleAssignment(
    request: PBCreateRoleAssignmentRequest, context: ServerContext
  ) async throws -> PBRoleAssignment {
    let parent = try PrincipalName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, context) { change in
      let role = try Role(request.roleAssignment, of: parent.id, change)
      let visitor = change.visitor
      try visitor.require(visitor.administration.mayAppoint(role.reader) && parent.id != visitor.principal)
      let principal = try await lockedPrincipal(parent, change)
      guard !principal.isDisabled else { throw ServiceError.ended("the principal was stopped") }
      try await check(role, of: principal, change)
      try await change.transaction.execute(InsertRole(role: role))
      return PBRoleAssignment(role)
    }
  }

  private func check(_ role: Role, of principal: Principal, _ change: Change) async throws {
    let (organisations, roles) = try await change.transaction.execute(
      SelectRecords<Organisation>(.condition(.id(principal.organisation)), limit: 1),
      SelectRecords<Role>(.condition(.principal(principal.id)), limit: Int(Int32.max))
    )
    guard let organisation = organisations.first, organisation.period.contains(change.now) else {
      throw ServiceError.ended("the organisation has ended")
    }
    let exclusive = change.visitor.evaluator.policy.exclusive
    if let refusal = role.refusal(in: organisation.kind, beside: roles, exclusive: exclusive) {
      throw ServiceError(refusal, role.reader)
    }
  }
}

extension Role {
  /// What a request wants given.
  fileprivate init(_ message: PBRoleAssignment, of principal: RecordID, _ change: Change) throws(ServiceError) {
    self.init(
      id: change.newID(),
      principal: principal,
      reader: try FieldRules.code(message.reader, field: "role_assignment.reader"),
      scope: message.scope.isEmpty ? nil : try FieldRules.party(message.scope, field: "role_assignment.scope"),
      // What somebody could do in the past is what was on record then.
      period: try FieldRules.period(
        from: message.hasStartTime ? message.startTime : nil, until: message.hasEndTime ? message.endTime : nil,
        now: change.now, notBefore: change.now),
      assigner: change.visitor.principal,
      createTime: change.now
    )
  }
}

extension ServiceError {
  fileprivate init(_ refusal: RoleRefusal, _ reader: ReaderClass) {
    switch refusal {
    case .misplaced:
      self.init(
        .failedPrecondition, .roleMisplaced, "members of such an organisation do not hold the role in this scope",
        metadata: ["reader": reader.code])
    case .exclusive(let alone):
      self.init(
        .failedPrecondition, .roleExclusive, "the role \(alone) bars its holder from every other",
        metadata: ["reader": alone.code])
    case .held:
      self.init(
        .alreadyExists, .resourceExists, "the principal holds the role at some time of the period",
        metadata: ["field": "reader"])
    }
  }
}
