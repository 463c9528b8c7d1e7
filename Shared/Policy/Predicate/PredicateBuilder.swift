import AIP

/// Makes the condition for one context, class and transform: bit by bit what ``Evaluation`` does.
struct PredicateBuilder {
  let policy: PolicyEvaluator
  let context: AccessContext
  let dataClass: DataClass
  let transform: Transform
  let gate: DataClass
  private let permitted: ReaderSet
  /// The grants that hold for the context in whatever case they are for.
  private let grants: [Grant]

  init(
    _ policy: PolicyEvaluator, _ context: AccessContext, _ dataClass: DataClass, _ transform: Transform, gate: DataClass
  ) {
    self.policy = policy
    self.context = context
    self.dataClass = dataClass
    self.transform = max(transform, .drop)
    self.gate = gate
    permitted = policy.permittedReaders(context)
    grants = context.environment.grants.filter { PolicyEvaluator.refusal(of: $0, context) == nil }
  }

  // MARK: The whole

  /// The cases that show so much in records of the standing.
  func cases(_ standing: Standing, isEmbargoed: Bool) -> CasePredicate {
    let shown = union(standing, isEmbargoed: isEmbargoed) && subjectCaps(standing)
    if dataClass == gate, transform >= .countOnly { return shown }
    return shown && PredicateBuilder(policy, context, gate, .countOnly, gate: gate).cases(.own, isEmbargoed: false)
  }

  /// What each quality shows, and what emergency access shows.
  private func union(_ standing: Standing, isEmbargoed: Bool) -> CasePredicate {
    var shown = CasePredicate.never
    for (reader, isActive) in activeConditions() {
      shown =
        shown || isActive && given(policy.table(reader), standing) && caps(reader, standing, isEmbargoed: isEmbargoed)
    }
    let ids = emergencies
    guard !ids.isEmpty, shows(policy.emergency[standing]) else { return shown }
    for reader in permitted.intersection(policy.policy.emergency.readers) {
      shown = shown || .condition(.isOneOf(ids)) && caps(reader, standing, isEmbargoed: isEmbargoed)
    }
    return shown
  }

  /// Conflict of interest and clearance.
  private func subjectCaps(_ standing: Standing) -> CasePredicate {
    let clearance = context.subject.clearance
    guard shows(policy.clearanceCap(clearance, case: .unclassified)[standing]) else { return .never }
    let isAboveStillShown = shows(policy.clearanceCap(clearance, case: .strictlyConfidential)[standing])
    let byClearance: CasePredicate =
      isAboveStillShown || clearance == .strictlyConfidential ? .always : .condition(.isClassifiedAtMost(clearance))
    return byClearance && (shows(policy.conflictCap[standing]) ? .always : noConflict)
  }

  func shows(_ exposure: Exposure) -> Bool { exposure.shows(dataClass, atLeast: transform) }

  // MARK: Who reads

  /// The reader classes that the subject may be, each with the condition under which it is one.
  func activeConditions() -> [(ReaderClass, CasePredicate)] {
    var conditions: [ReaderClass: CasePredicate] = [:]
    let now = context.environment.now
    policy.forEachRole(context.subject, at: now) { role in
      let rule = policy.table(role.reader).rule
      guard permitted.contains(role.reader), rule.purpose == nil || rule.purpose == context.purpose else { return }
      let condition = rule.hat.map { hat in
        CasePredicate.condition(.wears([hat], role.scope ?? context.subject.party, rule.moments, today: now.day))
      }
      conditions[role.reader] = (conditions[role.reader] ?? .never) || (condition ?? .always)
    }
    return ReaderClass.allCases.compactMap { reader in conditions[reader].map { (reader, $0) } }
  }

  var noConflict: CasePredicate {
    .not(.wears([.implicated], context.subject.party, [], today: context.environment.now.day))
  }

  private var emergencies: [RecordID] {
    context.environment.emergencies.filter { policy.holds($0, context) }.map(\.caseID)
  }

  // MARK: What it is given

  private func given(_ table: ReaderTable, _ standing: Standing) -> CasePredicate {
    if shows(table.base[standing]) { return .always }
    let isOpen = shows(table.byGrant[standing])
    guard isOpen || shows(table.byClearedGrant[standing]) else { return .never }
    let cleared = caseOf(grants) { $0.isClearedByLegal && $0.classes.contains(dataClass) }
    let uncleared = caseOf(grants) { isOpen && !$0.isClearedByLegal && $0.classes.contains(dataClass) }
    let closed = table.closedInConflict.contains(dataClass)
    return (closed ? cleared && noConflict : cleared) || uncleared && noConflict
  }

  private func caseOf(_ grants: [Grant], where isMeant: (Grant) -> Bool) -> CasePredicate {
    let ids = grants.filter(isMeant).map(\.caseID)
    return ids.isEmpty ? .never : .condition(.isOneOf(ids))
  }

  // MARK: What is kept from it

  private func caps(_ reader: ReaderClass, _ standing: Standing, isEmbargoed: Bool) -> CasePredicate {
    guard !isEmbargoed || shows(policy.recordEmbargoCap(reader)[standing]) else { return .never }
    var kept = seals(reader)
    for caveat in Caveat.allCases where !shows(policy.cap(caveat, reader)[standing]) {
      kept = kept && (.not(.hasCaveat(caveat)) || lifted(caveat))
    }
    for kind in EmbargoKind.allCases where !shows(policy.cap(kind, reader)[standing]) {
      kept = kept && .not(.isUnderEmbargo(kind, at: context.environment.now))
    }
    return kept
  }

  private func lifted(_ caveat: Caveat) -> CasePredicate {
    guard policy.liftable.contains(caveat) else { return .never }
    func lifts(_ grant: Grant) -> Bool { grant.lifts.contains(caveat) && grant.classes.contains(dataClass) }
    let cleared = caseOf(grants) { $0.isClearedByLegal && lifts($0) }
    let uncleared = caseOf(grants) { !$0.isClearedByLegal && lifts($0) }
    return cleared || uncleared && noConflict
  }

  /// Not in a mission whose records are sealed, unless the reader is exempt.
  private func seals(_ reader: ReaderClass) -> CasePredicate {
    guard !policy.policy.lockdownExempt.contains(reader) else { return .always }
    let now = context.environment.now
    var open = CasePredicate.always
    for lockdown in context.environment.lockdowns where lockdown.mode == .sealed && lockdown.period.contains(now) {
      guard let mission = lockdown.mission else { return .never }
      open = open && .not(.wears([.mission], mission, [], today: now.day))
    }
    return open
  }
}
