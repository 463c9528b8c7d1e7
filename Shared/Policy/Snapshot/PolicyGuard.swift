import AIP

/// Decides by the last snapshot while it is fresh, and not at all afterwards: a service that is out of touch with access
/// control fails closed.
package struct PolicyGuard: Sendable {
  /// Why there is no decision. Callers answer UNAVAILABLE.
  package enum Unavailable: Error, Hashable, Sendable {
    /// No snapshot has come yet.
    case noSnapshot
    /// The last one is older than the bound, by the clock of this machine.
    case stale(sequence: UInt64, issuedAt: PolicyTime)
    /// The last one is from the future by more than the bound: one of the clocks is wrong.
    case early(sequence: UInt64, issuedAt: PolicyTime)
  }

  /// A snapshot with its policy made ready.
  package struct Current: Sendable {
    package let snapshot: PolicySnapshot
    package let evaluator: PolicyEvaluator
    private let grants: [PartyID: [Grant]]
    private let emergencies: [RecordID: [BreakGlass]]

    init(_ snapshot: PolicySnapshot, _ evaluator: PolicyEvaluator) {
      self.snapshot = snapshot
      self.evaluator = evaluator
      grants = Dictionary(grouping: snapshot.grants, by: \.grantee)
      emergencies = Dictionary(grouping: snapshot.emergencies, by: \.principal)
    }

    /// What is so at the time for a subject: for one decision, or for all of one call.
    package func environment(for subject: Subject, at now: PolicyTime) -> Environment {
      Environment(
        now: now, grants: grants[subject.party] ?? [], emergencies: emergencies[subject.principal] ?? [],
        lockdowns: snapshot.lockdowns)
    }
  }

  /// The longest that a snapshot is good for.
  package let boundInSeconds: Int64
  private var last: Current?

  package init(boundInSeconds: Int64) { self.boundInSeconds = boundInSeconds }

  /// Takes a snapshot whose signature has been checked. An older one than the last is left aside, so that a replayed
  /// stream does not bring back a right.
  ///
  /// - Returns: whether it was taken.
  @discardableResult
  package mutating func take(_ snapshot: PolicySnapshot) -> Bool {
    if let last {
      let isNewer = (snapshot.sequence, snapshot.issuedAt) > (last.snapshot.sequence, last.snapshot.issuedAt)
      guard isNewer, snapshot.policy.version >= last.snapshot.policy.version else { return false }
    }
    let kept = last.flatMap { $0.snapshot.policy == snapshot.policy ? $0.evaluator : nil }
    last = Current(snapshot, kept ?? PolicyEvaluator(snapshot.policy))
    return true
  }

  /// The policy to decide by now.
  package func current(at now: PolicyTime) throws(Unavailable) -> Current {
    guard let last else { throw .noSnapshot }
    let (sequence, issuedAt) = (last.snapshot.sequence, last.snapshot.issuedAt)
    guard now < issuedAt.advanced(bySeconds: boundInSeconds) else {
      throw .stale(sequence: sequence, issuedAt: issuedAt)
    }
    guard issuedAt < now.advanced(bySeconds: boundInSeconds) else {
      throw .early(sequence: sequence, issuedAt: issuedAt)
    }
    return last
  }

  /// Decides by the snapshot, with its grants, emergencies and lockdowns in place of the request's environment.
  package func decide(_ request: AccessRequest) throws(Unavailable) -> Decision {
    let now = request.context.environment.now
    let current = try current(at: now)
    var request = request
    request.context.environment = current.environment(for: request.context.subject, at: now)
    return current.evaluator.decide(request)
  }
}
