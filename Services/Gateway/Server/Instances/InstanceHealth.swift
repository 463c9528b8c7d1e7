import NIOCore

/// Whether one instance of a service may be given calls: a state machine over probe results and call results.
///
///     probing ──probe ok──► healthy ──calls fail in a row──► ejected(until) ──after until: probe ok──► healthy
///        ▲                     │                                  │
///        └──── probes fail ────┘◄──────────── probes fail ────────┘
///
/// Without probes an instance starts healthy, and an ejection ends by the clock alone.
struct InstanceHealth: Sendable, Equatable {
  enum State: Sendable, Equatable {
    /// Not known to be well: new, or its probes failed.
    case probing
    case healthy(since: NIODeadline)
    case ejected(until: NIODeadline)
  }

  /// What a result changed, for the log.
  enum Change: Sendable, Equatable {
    case becameHealthy
    case becameUnhealthy
    /// A new one did not get well at once. Told once.
    case isNotYetHealthy
    case ejected(length: TimeAmount)
    case returned
  }

  let policy: HealthPolicy
  private(set) var state: State
  /// Failures in a row; of probes in ``State/probing`` and of calls while healthy.
  private var failedProbes = 0
  private(set) var failedCalls = 0
  private var ejections = 0

  init(policy: HealthPolicy, at now: NIODeadline) {
    self.policy = policy
    self.state = policy.probes ? .probing : .healthy(since: now)
  }

  /// Whether calls may be sent to the instance.
  var isAvailable: Bool {
    if case .healthy = state { true } else { false }
  }

  mutating func probeSucceeded(at now: NIODeadline) -> Change? {
    failedProbes = 0
    switch state {
    case .probing:
      enterHealthy(at: now)
      return .becameHealthy
    case .healthy(let since):
      if now - since >= policy.forgiveness { ejections = 0 }
      return nil
    case .ejected(let until):
      guard now >= until else { return nil }
      enterHealthy(at: now)
      return .returned
    }
  }

  mutating func probeFailed() -> Change? {
    failedProbes += 1
    guard failedProbes >= policy.probeFailures else { return nil }
    switch state {
    case .probing:
      return failedProbes == policy.probeFailures ? .isNotYetHealthy : nil
    case .healthy, .ejected:
      state = .probing
      return .becameUnhealthy
    }
  }

  mutating func callSucceeded() {
    failedCalls = 0
  }

  /// A call failed in a way that speaks against the instance: no connection, connection lost, time-out of the
  /// connection. A gRPC status that the service chose itself is no such failure.
  /// - Parameter mayEject: false for the last instance available, which is better than none until its probes fail.
  mutating func callFailed(at now: NIODeadline, mayEject: Bool = true) -> Change? {
    guard case .healthy(let since) = state else { return nil }
    if now - since >= policy.forgiveness, failedCalls == 0 { ejections = 0 }
    failedCalls += 1
    guard failedCalls >= policy.callFailures, mayEject else { return nil }
    ejections += 1
    let length = policy.ejectionLength(ejections)
    state = .ejected(until: now + length)
    return .ejected(length: length)
  }

  /// Lets an ejection end by the clock; only without probes, which otherwise decide.
  mutating func tick(at now: NIODeadline) -> Change? {
    guard !policy.probes, case .ejected(let until) = state, now >= until else { return nil }
    enterHealthy(at: now)
    return .returned
  }

  private mutating func enterHealthy(at now: NIODeadline) {
    state = .healthy(since: now)
    failedCalls = 0
  }
}
