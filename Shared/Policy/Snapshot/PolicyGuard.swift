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

  /// The longest that a snapshot is good for.
  package let boundInSeconds: Int64
  /// The last snapshot that was taken, however old: for figures, not to decide by.
  package private(set) var last: Current?

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

  /// Takes the last snapshot again as issued later, when nothing else in it has changed: the beat of a stream.
  ///
  /// - Returns: whether the last is that one, and older.
  package mutating func renew(_ sequence: UInt64, issuedAt: PolicyTime) -> Bool {
    guard let last, last.snapshot.sequence == sequence, last.snapshot.issuedAt < issuedAt else { return false }
    self.last = last.issued(at: issuedAt)
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

  /// Decides by the snapshot: with its grants, emergencies and lockdowns in place of the request's environment, and with
  /// the embargoes on the case added to what is known of it.
  package func decide(_ request: AccessRequest) throws(Unavailable) -> Decision {
    let now = request.context.environment.now
    let current = try current(at: now)
    var request = request
    request.context.environment = current.environment(for: request.context.subject, at: now)
    request.resource.embargoes += current.embargoes(on: request.resource.id)
    return current.evaluator.decide(request)
  }
}
