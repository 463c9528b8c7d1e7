import NIOCore

/// A rate limit with a burst: tokens come in at a steady rate up to a capacity, and each request takes one.
struct TokenBucket: Sendable, Equatable {
  /// Tokens per second; more than zero.
  let rate: Double
  /// The most tokens that can be saved up; at least one.
  let capacity: Double
  private var tokens: Double
  private var updated: NIODeadline

  /// A full bucket.
  init(rate: Double, capacity: Double, at now: NIODeadline) {
    self.rate = rate
    self.capacity = max(capacity, 1)
    self.tokens = self.capacity
    self.updated = now
  }

  /// Takes one token.
  /// - Returns: nil when a token was taken, else how long to wait for the next.
  mutating func take(at now: NIODeadline) -> TimeAmount? {
    refill(to: now)
    guard tokens < 1 else {
      tokens -= 1
      return nil
    }
    return .nanoseconds(Int64(((1 - tokens) / rate * 1e9).rounded(.up)))
  }

  /// A full bucket says no more than a new one, so it can be forgotten.
  mutating func isFull(at now: NIODeadline) -> Bool {
    refill(to: now)
    return tokens >= capacity
  }

  private mutating func refill(to now: NIODeadline) {
    guard now > updated else { return }
    tokens = min(capacity, tokens + Double((now - updated).nanoseconds) * 1e-9 * rate)
    updated = now
  }
}
