extension Evaluation {
  /// What comes of it for the action.
  func decision(_ policy: PolicyEvaluator, _ request: AccessRequest) -> Decision {
    let isVisible = shown.own.shows(request.gate, atLeast: .countOnly)
    let whole = isVisible && lock == nil ? DataClassSet.all : []
    // What cannot be read in full cannot be changed either; nor can it be passed on.
    let readable = shown.own.classes(atLeast: .clear).intersection(whole)
    let onward = grants.onward.intersection(shown.others.classes(atLeast: .clear))
    var decision = Decision(
      effect: .deny, refusal: .noRelation, isVisible: isVisible, policyVersion: policy.policy.version, obligations: [],
      readers: active, writable: writable.intersection(readable), proposable: proposable.intersection(readable),
      contributable: contributable.intersection(whole), sharable: sharable.union(onward).intersection(readable),
      isCounted: false, countsEmbargoed: false, shown: shown, shownEmbargoed: shownEmbargoed,
      causes: causes, party: request.context.subject.party, clearance: request.context.subject.clearance,
      redactable: policy.redactable)
    guard isVisible else {
      decision.hideAll()
      return decision
    }
    decision.refusal = refusal(of: request, decision)
    decision.effect = decision.refusal == .none ? .allow : .deny
    count(policy, request, &decision)
    decision.obligations = obligations(policy, request, decision)
    return decision
  }

  private func refusal(of request: AccessRequest, _ decision: Decision) -> Reason {
    let allowed: DataClassSet
    switch request.action {
    case .read: return .none
    case .write: allowed = decision.writable
    case .propose: allowed = decision.proposable.union(decision.writable)
    case .contribute: allowed = decision.contributable.union(decision.writable)
    case .share: allowed = decision.sharable
    }
    if lock != nil { return .lockdown }
    // An action on nothing is a mistake of the caller's: it must not pass for allowed.
    return !request.classes.isEmpty && request.classes.isSubset(of: allowed) ? .none : .notEntitled
  }

  private func count(_ policy: PolicyEvaluator, _ request: AccessRequest, _ decision: inout Decision) {
    func isCounted(under kind: EmbargoKind) -> Bool {
      !active.intersection(policy.countedUnderEmbargo[Int(kind.rawValue)]).isEmpty
    }
    decision.countsEmbargoed = isCounted(under: .nextOfKin)
    decision.isCounted = true
    for embargo in request.resource.embargoes where embargo.period.contains(request.context.environment.now) {
      if !isCounted(under: embargo.kind) { decision.isCounted = false }
    }
  }

  /// Whether a grant opened, or kept a caveat from closing, something that is shown of these classes.
  func usesGrant(of classes: DataClassSet = .all) -> Bool {
    let opened = Exposures(Exposure(classes, .clear)) & shown
    return opened - withoutGrants != .nothing
  }

  private func obligations(
    _ policy: PolicyEvaluator, _ request: AccessRequest, _ decision: Decision
  ) -> Obligations {
    var obligations: Obligations = []
    let seen = shown.own.classes(atLeast: .countOnly)
    let isLogged = active.contains { policy.table($0).rule.purpose != nil }
    if isLogged || !seen.intersection(policy.protected).isEmpty { obligations.insert(.recordRead) }
    if usesGrant() { obligations.insert(.recordGrantUse) }
    if shown != withoutEmergency { obligations.formUnion([.reviewEmergency, .recordRead]) }
    if request.action == .propose, decision.effect == .allow, !request.classes.isSubset(of: decision.writable) {
      obligations.insert(.awaitValidation)
    }
    return obligations
  }
}

extension Decision {
  /// What is not visible shows nothing, not even that there is something.
  fileprivate mutating func hideAll() {
    shown = .nothing
    shownEmbargoed = .nothing
    causes = Causes()
    writable = []
    proposable = []
    contributable = []
    sharable = []
  }
}
