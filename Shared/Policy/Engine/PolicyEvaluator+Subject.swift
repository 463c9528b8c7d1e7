// In what qualities a subject may read at all, and which of them a case gives it.
extension PolicyEvaluator {
  /// Calls `body` for every role that the subject holds now, its own and those that others hand over to it.
  @inline(__always)
  package func forEachRole(_ subject: Subject, at now: PolicyTime, _ body: (RoleAssignment) -> Void) {
    for role in subject.roles where role.period.contains(now) { body(role) }
    for delegation in subject.delegations where holds(delegation, for: subject, at: now) {
      let handedOver = delegation.readers.intersection(policy.delegable)
      for role in delegation.delegatorRoles where handedOver.contains(role.reader) && role.period.contains(now) {
        body(role)
      }
    }
  }

  /// A delegation is within one party: its roles must not meet the hats of another.
  private func holds(_ delegation: Delegation, for subject: Subject, at now: PolicyTime) -> Bool {
    !delegation.isRevoked && delegation.delegate == subject.principal && delegation.delegator != delegation.delegate
      && delegation.party == subject.party && delegation.period.contains(now)
  }

  /// The reader classes that the subject may act as: all that it holds, or only the exclusive one that is among them;
  /// none with two such. What it is limited to comes last: a role that it may not act by excludes others all the same.
  package func permittedReaders(_ context: AccessContext) -> ReaderSet {
    var held: ReaderSet = []
    forEachRole(context.subject, at: context.environment.now) { held.insert($0.reader) }
    let exclusive = held.intersection(policy.exclusive)
    if exclusive.isEmpty { return held.intersection(context.subject.limit) }
    return exclusive.rawValue.nonzeroBitCount == 1 ? exclusive.intersection(context.subject.limit) : []
  }

  /// The qualities in which the subject reads the case.
  @inline(__always)
  func activeReaders(
    _ context: AccessContext, _ permitted: ReaderSet, in resource: CaseFacts
  ) -> ReaderSet {
    var active: ReaderSet = []
    let today = context.environment.now.day
    let (purpose, party) = (context.purpose, context.subject.party)
    let (hats, incident) = (resource.hats, resource.incident)
    forEachRole(context.subject, at: context.environment.now) { role in
      let rule = table(role.reader).rule
      guard permitted.contains(role.reader), rule.purpose == nil || rule.purpose == purpose else { return }
      if let kind = rule.hat {
        guard Self.wears(kind, role.scope ?? party, rule.moments, hats, incident, today) else { return }
      }
      active.insert(role.reader)
    }
    return active
  }

  @inline(__always)
  static func wears(
    _ kind: HatKind, _ party: PartyID, _ moments: CodeSet<HatMoment>, _ hats: [Hat], _ incident: Period<Day>,
    _ today: Day
  ) -> Bool {
    for hat in hats where hat.kind == kind && hat.party == party {
      if moments.isEmpty { return true }
      if moments.contains(.incident), hat.period.overlaps(incident) { return true }
      if moments.contains(.now), hat.period.contains(today) { return true }
    }
    return false
  }
}
