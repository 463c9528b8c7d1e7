/// One decision in the making.
struct Evaluation {
  let permitted: ReaderSet
  let active: ReaderSet
  let isInConflict: Bool
  let lock: Lockdown.Mode?
  let grants: GrantEffect
  private(set) var shown = Exposures.nothing
  private(set) var shownEmbargoed = Exposures.nothing
  /// What would be shown without any grant, and without emergency access.
  private(set) var withoutGrants = Exposures.nothing
  private(set) var withoutEmergency = Exposures.nothing
  private(set) var causes = Causes()
  private(set) var writable: DataClassSet = []
  private(set) var proposable: DataClassSet = []
  private(set) var contributable: DataClassSet = []
  private(set) var sharable: DataClassSet = []

  private init(
    permitted: ReaderSet, active: ReaderSet, isInConflict: Bool, lock: Lockdown.Mode?, grants: GrantEffect
  ) {
    self.permitted = permitted
    self.active = active
    self.isInConflict = isInConflict
    self.lock = lock
    self.grants = grants
  }

  /// What is so before anything is shown. (Not an initialiser, which would be given copies of policy and request.)
  @inline(__always)
  static func begin(
    _ policy: PolicyEvaluator, _ request: AccessRequest, _ observer: inout some DecisionObserver
  ) -> Evaluation {
    let permitted = policy.permittedReaders(request.context)
    let active = policy.activeReaders(request.context, permitted, in: request.resource)
    let isInConflict = request.resource.isImplicated(request.context.subject.party)
    let lock = policy.lock(request)
    let grants = policy.grantEffect(request.context, request.resource.id, inConflict: isInConflict, &observer)
    observer.note(.subject(permitted: permitted, active: active))
    if isInConflict { observer.note(.conflictOfInterest) }
    if let lock { observer.note(.lockdown(lock)) }
    return Evaluation(permitted: permitted, active: active, isInConflict: isInConflict, lock: lock, grants: grants)
  }

  /// Each quality by itself; then their union.
  mutating func addReaders(
    _ policy: PolicyEvaluator, _ request: AccessRequest, _ observer: inout some DecisionObserver
  ) {
    for reader in active where !isSealed(to: reader, policy) {
      let table = policy.table(reader)
      let granted = policy.granted(table, grants, inConflict: isInConflict)
      causes.grantable |= table.byClearedGrant - granted
      let kept = add(table.base | granted, without: table.base, reader, policy, request, &observer)
      writable = writable.union(table.writable)
      proposable = proposable.union(table.proposable)
      contributable = contributable.union(table.contributable)
      if policy.policy.sharing.contains(reader) { sharable = sharable.union(kept.others.classes(atLeast: .clear)) }
    }
    withoutEmergency = shown
  }

  mutating func addEmergency(
    _ policy: PolicyEvaluator, _ request: AccessRequest, _ observer: inout some DecisionObserver
  ) {
    let readers = permitted.intersection(policy.policy.emergency.readers)
    for emergency in request.context.environment.emergencies where emergency.caseID == request.resource.id {
      guard policy.holds(emergency, request.context) else { continue }
      for reader in readers where !isSealed(to: reader, policy) {
        observer.note(.emergency(reader))
        _ = add(policy.emergency, without: policy.emergency, reader, policy, request, &observer)
      }
    }
  }

  private func isSealed(to reader: ReaderClass, _ policy: PolicyEvaluator) -> Bool {
    lock == .sealed && !policy.policy.lockdownExempt.contains(reader)
  }

  /// Takes from what a reader would see what caveats and embargoes keep from it, and adds the rest to the whole.
  @inline(__always)
  private mutating func add(
    _ exposures: Exposures, without ungranted: Exposures, _ reader: ReaderClass, _ policy: PolicyEvaluator,
    _ request: AccessRequest, _ observer: inout some DecisionObserver
  ) -> Exposures {
    var cap = Exposures.everything
    var unliftedCap = Exposures.everything
    for caveat in request.resource.caveats {
      let one = policy.cap(caveat, reader)
      unliftedCap &= one
      let lifted = grants.lifted(caveat)
      cap &= lifted.isEmpty ? one : one | Exposures(Exposure(lifted, .clear))
    }
    let afterCaveats = exposures & cap
    causes.caveat |= exposures - cap
    var embargoCap = Exposures.everything
    for embargo in request.resource.embargoes where embargo.period.contains(request.context.environment.now) {
      embargoCap &= policy.cap(embargo.kind, reader)
    }
    let kept = afterCaveats & embargoCap
    causes.embargo |= afterCaveats - embargoCap
    observer.note(
      .reader(
        reader, given: Exposed(exposures), afterCaveats: Exposed(afterCaveats), afterEmbargoes: Exposed(kept)))
    shown |= kept
    shownEmbargoed |= kept & policy.recordEmbargoCap(reader)
    withoutGrants |= ungranted & unliftedCap & embargoCap
    return kept
  }

  /// What holds for the subject whatever its qualities: conflict of interest and clearance.
  mutating func applyCaps(
    _ policy: PolicyEvaluator, _ request: AccessRequest, _ observer: inout some DecisionObserver
  ) {
    if isInConflict { causes.conflict = cap(policy.conflictCap) }
    let clearance = request.context.subject.clearance
    causes.clearance = cap(policy.clearanceCap(clearance, case: request.resource.classification))
    let left = shown
    observer.note(.capped(Exposed(left)))
  }

  /// Limits everything; gives what was lost, also of what a grant could have given.
  @inline(__always)
  private mutating func cap(_ cap: Exposures) -> Exposures {
    let lost = (shown | causes.grantable) - cap
    causes.grantable &= cap
    shown &= cap
    shownEmbargoed &= cap
    withoutGrants &= cap
    withoutEmergency &= cap
    return lost
  }
}

extension CaseFacts {
  @inline(__always)
  fileprivate func isImplicated(_ party: PartyID) -> Bool {
    for hat in hats where hat.kind == .implicated && hat.party == party { return true }
    return false
  }
}
