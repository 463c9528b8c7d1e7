internal import HTTP2
internal import NIOCore

/// Ends the RPCs of a connection whose deadline has passed.
///
/// One timer per connection, set to the earliest deadline known when it was set: an RPC that ends in
/// time costs nothing. When it fires it looks at the open streams, of which there are few.
///
/// GRPCCore would keep a deadline with a task group and a sleeping task for each RPC. Small unary calls
/// with a timeout, on one core: 71,900 a second this way and 58,000 that way, 75,000 without a timeout.
struct DeadlineTimer {
  /// Longer timeouts are no deadline in practice; adding them to a clock might overflow.
  static let longest = Duration.seconds(365 * 86_400)

  private var timer: Scheduled<Void>?
  private var firesAt = NIODeadline.distantFuture

  /// The deadline of an RPC that starts now.
  mutating func start(_ timeout: Duration, on connection: ServerConnection) -> RPCDeadline? {
    guard timeout < Self.longest else { return nil }
    let deadline = RPCDeadline(timeout: timeout)
    if deadline.loop < self.firesAt { self.set(deadline.loop, on: connection) }
    return deadline
  }

  private mutating func set(_ deadline: NIODeadline, on connection: ServerConnection) {
    self.timer?.cancel()
    self.firesAt = deadline
    self.timer = connection.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak connection] in
      connection?.deadlines.fire(on: connection)
    }
  }

  private mutating func fire(on connection: ServerConnection?) {
    self.timer = nil
    self.firesAt = .distantFuture
    guard let connection else { return }
    let now = NIODeadline.now()
    var next = NIODeadline.distantFuture
    var expired: [ServerStream] = []
    for stream in connection.streams.values {
      guard let deadline = stream.deadline?.loop, !stream.isFinished else { continue }
      if deadline <= now { expired.append(stream) } else { next = min(next, deadline) }
    }
    if next < .distantFuture { self.set(next, on: connection) }
    connection.expire(expired)
  }

  mutating func cancel() {
    self.timer?.cancel()
    self.timer = nil
  }
}

/// One deadline on the two clocks that need it.
struct RPCDeadline {
  let loop: NIODeadline
  let instant: ContinuousClock.Instant

  init(timeout: Duration) {
    let (seconds, attoseconds) = timeout.components
    self.loop = .now() + .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    self.instant = .now + timeout
  }
}

extension ServerConnection {
  /// Answers RPCs whose time is up. After the timer has let go of the connection, for answering may
  /// start or end streams.
  fileprivate func expire(_ streams: [ServerStream]) {
    guard !streams.isEmpty else { return }
    self.eventLoop.assumeIsolated().execute {
      for stream in streams where !stream.isFinished {
        self.shared.counters.add(to: .deadlines)
        stream.fail(.deadlineExceeded)
      }
    }
  }
}
