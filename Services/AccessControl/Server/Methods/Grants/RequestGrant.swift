import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension GrantService {
  func requestGrant(request: PBRequestGrantRequest, context: ServerContext) async throws -> PBGrant {
    let caseID = try CaseName(parsing: request.grant.case, field: "grant.case").id
    let visitor = try await visitors.current()
    _ = try await sights.sight(of: caseID, by: visitor)
    return try await ledger.record(request, context) { change in
      let permit = try Permit(request.grant, of: caseID, change)
      let visitor = change.visitor
      // Whoever asks, asks for its own party; case and legal officers also for others.
      let own = visitor.actor.organisation
      try visitor.require(visitor.administration.decidesGrants || permit.grantee == own.party)
      if let principal = permit.principal {
        try await check(principal, of: permit.grantee, change)
      }
      try await change.transaction.execute(InsertPermit(permit: permit))
      return PBGrant(permit)
    }
  }

  /// - Throws: NOT_FOUND unless it is a principal of the party.
  private func check(_ principal: RecordID, of party: PartyID, _ change: Change) async throws {
    let subjects = try await SubjectStore(executor: change.transaction).subjects([principal], at: change.now)
    guard subjects[principal]?.party == party else {
      throw ServiceError.notFound(type: "vigil.un.org/Principal", name: PrincipalName(principal).description)
    }
  }
}

extension Permit {
  /// What a request asks for.
  fileprivate init(_ message: PBGrant, of caseID: RecordID, _ change: Change) throws(ServiceError) {
    guard message.hasEndTime else { throw .invalid("grant.end_time", "is required") }
    let classes: DataClassSet = try FieldRules.codes(message.dataClasses, field: "grant.data_classes")
    guard !classes.isEmpty else { throw .invalid("grant.data_classes", "must name at least one") }
    self.init(
      id: change.newID(),
      caseID: caseID,
      classes: classes,
      purpose: try FieldRules.code(message.purpose, field: "grant.purpose"),
      grantee: try FieldRules.party(message.grantee, field: "grant.grantee"),
      principal: message.principal.isEmpty
        ? nil : try PrincipalName(parsing: message.principal, field: "grant.principal").id,
      legalBasis: try FieldRules.text(message.legalBasis, field: "grant.legal_basis", limit: 1000),
      conditions: try FieldRules.codes(message.conditions, field: "grant.conditions"),
      lifts: try FieldRules.codes(message.liftedCaveats, field: "grant.lifted_caveats"),
      allowsOnwardSharing: message.onwardSharingAllowed,
      period: try FieldRules.period(
        from: message.hasStartTime ? message.startTime : nil, until: message.endTime, now: change.now,
        notBefore: change.now),
      requester: change.visitor.principal,
      createTime: change.now
    )
  }
}
