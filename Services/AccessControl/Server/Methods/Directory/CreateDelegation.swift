import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func createDelegation(request: PBCreateDelegationRequest, context: ServerContext) async throws -> PBDelegation {
    try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let handover = try Handover(request.delegation, change)
      // Of the same organisation, also where the caller may know of others.
      let alternates: FilterTree<PrincipalTest> = .all([
        .condition(.id(handover.delegate)), .condition(.organisation(visitor.actor.organisation.id)),
        .condition(.isDisabled(false)),
      ])
      guard try await !change.transaction.execute(LockRecords<Principal>(alternates, limit: 1)).isEmpty else {
        throw ServiceError.notFound(type: "vigil.un.org/Principal", name: request.delegation.delegate)
      }
      let delegation = handover.delegation(
        party: visitor.actor.organisation.party, delegatorRoles: visitor.actor.subject.roles)
      if let refusal = visitor.evaluator.refusal(of: delegation, by: visitor.actor.subject, at: change.now) {
        throw ServiceError(refusal)
      }
      try await change.transaction.execute(InsertHandover(handover: handover))
      return PBDelegation(handover)
    }
  }
}

extension Handover {
  /// What a request wants handed over.
  fileprivate init(_ message: PBDelegation, _ change: Change) throws(ServiceError) {
    guard message.hasEndTime else { throw .invalid("delegation.end_time", "is required") }
    guard !message.readers.isEmpty else { throw .invalid("delegation.readers", "must name at least one") }
    let readers: ReaderSet = try FieldRules.codes(message.readers, field: "delegation.readers")
    self.init(
      id: change.newID(),
      delegator: change.visitor.principal,
      delegate: try PrincipalName(parsing: message.delegate, field: "delegation.delegate").id,
      readers: readers,
      period: try FieldRules.period(
        from: message.hasStartTime ? message.startTime : nil, until: message.endTime, now: change.now,
        notBefore: change.now),
      createTime: change.now
    )
  }
}

extension ServiceError {
  fileprivate init(_ refusal: DelegationRefusal) {
    switch refusal {
    case .badPeriod: self = .invalid("delegation.end_time", "must be later than the beginning and than now")
    case .notAnAlternate: self = .invalid("delegation.delegate", "must be another principal of the organisation")
    case .notDelegable(let readers): self.init(notDelegable: readers, "the policy does not let the role be handed over")
    case .notHeld(let readers):
      self.init(notDelegable: readers, "you do not hold the role by an assignment of your own")
    }
  }

  private init(notDelegable readers: ReaderSet, _ message: String) {
    self.init(
      .failedPrecondition, .roleNotDelegable, message, metadata: ["reader": readers.first { _ in true }?.code ?? ""])
  }
}
