internal import GRPCCore
internal import NIOCore
internal import Synchronization

/// Ends a call when its time is over, wherever it is then: waiting for a connection or under way.
final class CallDeadline: Sendable {
  private let end: ContinuousClock.Instant
  private let timer: Scheduled<Void>
  private let expire: ExpiryAction

  /// - Parameter eventLoop: where the timer runs.
  init(after timeout: Duration, on eventLoop: any EventLoop) {
    let expire = ExpiryAction()
    self.end = .now + timeout
    self.expire = expire
    self.timer = eventLoop.scheduleTask(in: TimeAmount(timeout)) { expire.run() }
  }

  var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: end)) }

  /// Replaces what happens when the time is over; at once if it is.
  func onExpiry(_ action: @escaping @Sendable () -> Void) { expire.set(action) }

  func cancel() { timer.cancel() }
}

/// What a deadline does, which changes as the call goes on.
private final class ExpiryAction: Sendable {
  private struct State {
    var action: (@Sendable () -> Void)?
    var hasExpired = false
  }

  private let state = Mutex(State())

  func set(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      state.action = action
      return state.hasExpired
    }
    if isLate { action() }
  }

  func run() {
    let action = state.withLock { state in
      state.hasExpired = true
      return state.action
    }
    action?()
  }
}
