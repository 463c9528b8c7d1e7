import NIOCore

/// By when a call must be over.
struct CallDeadline: Sendable, Equatable {
  /// Nil when the call may take as long as it likes.
  let at: NIODeadline?
  /// Whether the client's own `grpc-timeout` set it.
  let isClients: Bool

  /// - Parameters:
  ///   - timeout: what the client asked for.
  ///   - standard: what holds where it asked for nothing.
  ///   - maximum: what is granted at most.
  init(timeout: TimeAmount?, standard: TimeAmount?, maximum: TimeAmount?, from now: NIODeadline) {
    let wanted = timeout ?? standard
    let granted =
      switch (wanted, maximum) {
      case (let wanted?, let maximum?): min(wanted, maximum)
      case (let wanted?, nil): wanted
      case (nil, let maximum): maximum
      }
    self.at = granted.map { Self.saturating(now, $0) }
    self.isClients = timeout != nil && granted == timeout
  }

  /// What remains; nil without a deadline, zero when it is over.
  func remaining(at now: NIODeadline) -> TimeAmount? {
    at.map { max($0 - now, .nanoseconds(0)) }
  }

  private static func saturating(_ now: NIODeadline, _ amount: TimeAmount) -> NIODeadline {
    let room = NIODeadline.distantFuture.uptimeNanoseconds - now.uptimeNanoseconds
    return amount.nanoseconds >= 0 && UInt64(amount.nanoseconds) > room ? .distantFuture : now + amount
  }
}
