import NIOCore

/// How long to wait between attempts to connect to an instance that cannot be reached: doubling, with jitter, so that
/// the loops of many gateways do not come back together. A value without a clock.
struct BackOff: Sendable, Equatable {
  let first: TimeAmount
  let longest: TimeAmount
  private var failures = 0
  private(set) var nextAttempt = NIODeadline.distantPast

  init(first: TimeAmount = .milliseconds(100), longest: TimeAmount = .seconds(5)) {
    self.first = first
    self.longest = longest
  }

  func allowsAttempt(at now: NIODeadline) -> Bool { now >= nextAttempt }

  /// - Parameter jitter: from 0 to 1; the wait varies by a quarter of itself either way.
  mutating func failed(at now: NIODeadline, jitter: Double) {
    let wait = min(first.nanoseconds << Int64(min(failures, 20)), longest.nanoseconds)
    nextAttempt = now + .nanoseconds(Int64(Double(wait) * (0.75 + 0.5 * jitter)))
    failures += 1
  }

  mutating func reset() {
    failures = 0
    nextAttempt = .distantPast
  }
}
