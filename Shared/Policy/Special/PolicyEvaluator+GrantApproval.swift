/// Why a grant may not be given.
package enum GrantApprovalRefusal: Hashable, Sendable {
  /// It names no class, or a time that is empty, past, or longer than the policy allows.
  case noClass, badPeriod
  /// Requester and approver are one, or the approver gains by it.
  case selfApproved, approverBenefits
  /// Whoever approves may not approve grants, or not say that the Office of Legal Affairs has cleared it.
  case notAnApprover, notLegal
  /// No grant opens these classes to anybody, or lifts these caveats.
  case notGrantable(DataClassSet), notLiftable(CaveatSet)
  /// The approver does not see these classes in full itself: nobody gives what they do not have.
  case beyondApprover(DataClassSet)
}

extension PolicyEvaluator {
  /// Why `approver` may not give the grant; nil if it may (5e: approver ≠ requester).
  package func refusal(of grant: Grant, approver: AccessContext, on resource: CaseFacts) -> GrantApprovalRefusal? {
    let now = approver.environment.now
    let longest = grant.period.from.advanced(bySeconds: Int64(policy.grants.days) * 86_400)
    guard !grant.classes.isEmpty else { return .noClass }
    guard max(grant.period.from, now) < grant.period.until, grant.period.until <= longest else { return .badPeriod }
    guard grant.approver == approver.subject.principal, grant.requester != grant.approver else { return .selfApproved }
    guard grant.grantee != approver.subject.party, grant.principal != grant.approver else { return .approverBenefits }
    return refusalOfApprover(grant, approver, resource) ?? refusalOfScope(grant)
  }

  private func refusalOfApprover(
    _ grant: Grant, _ approver: AccessContext, _ resource: CaseFacts
  ) -> GrantApprovalRefusal? {
    let decision = decide(AccessRequest(approver, resource: resource))
    guard !decision.readers.intersection(policy.grants.approvers).isEmpty else { return .notAnApprover }
    if grant.isClearedByLegal, decision.readers.intersection(policy.grants.legal).isEmpty { return .notLegal }
    let beyond = grant.classes.subtracting(decision.classes(atLeast: .clear))
    return beyond.isEmpty ? nil : .beyondApprover(beyond)
  }

  private func refusalOfScope(_ grant: Grant) -> GrantApprovalRefusal? {
    let grantable = readers.reduce(Exposures.nothing) { $0 | $1.byClearedGrant }.own.classes(atLeast: .clear)
    let closed = grant.classes.subtracting(grantable)
    guard closed.isEmpty else { return .notGrantable(closed) }
    let unliftable = grant.lifts.subtracting(liftable)
    return unliftable.isEmpty ? nil : .notLiftable(unliftable)
  }
}
