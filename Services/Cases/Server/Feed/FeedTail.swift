import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// Where the feed ends, for everybody who waits for more: looked for when somebody tells of changes, again and again while
/// a longer transaction holds some up, and at an interval all the same.
///
/// Run once, beside the server.
final class FeedTail: Service {
  private struct State {
    var last: FeedPosition?
    var watches: [UInt64: FeedWatch] = [:]
    var nextWatch: UInt64 = 0
    var hasEnded = false
  }

  private let pool: PostgresPool
  private let interval: Duration
  private let logger: Logger
  private let metrics = FeedMetrics()
  private let state = Mutex(State())

  init(pool: PostgresPool, interval: Duration, logger: Logger) {
    self.pool = pool
    self.interval = interval
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.follow() }
        while !Task.isCancelled {
          await self.look()
          self.beat()
          try? await Task.sleep(for: self.interval)
        }
        group.cancelAll()
      }
    }
    end()
  }

  /// The first event comes when the server listens: nothing is missed in between.
  private func follow() async {
    for await _ in pool.listen(to: NotifyChanges.channel) {
      var pause = Duration.milliseconds(1)
      while await look(), !Task.isCancelled {
        try? await Task.sleep(for: pause)
        pause = min(pause * 2, .milliseconds(100))
      }
    }
  }

  /// Looks where the feed ends, and wakes whoever waits for more.
  ///
  /// - Returns: whether there are changes that a longer transaction holds up.
  @discardableResult
  private func look() async -> Bool {
    do {
      guard let found = try await pool.execute(SelectFeedEnd()).first else { return false }
      metrics.heldBack(seconds: found.heldBack ?? 0)
      if let last = found.last { reach(last) }
      return found.heldBack != nil
    } catch {
      if !Task.isCancelled { logger.warning("the change feed cannot be read", metadata: ["error": "\(error)"]) }
      return false
    }
  }

  private func reach(_ last: FeedPosition) {
    let watches = state.withLock { state -> [FeedWatch] in
      guard last > state.last ?? .start else { return [] }
      state.last = last
      return Array(state.watches.values)
    }
    for watch in watches { watch.wake() }
  }

  /// Has everybody look whether it is time for a heartbeat, and measures how far they are.
  private func beat() {
    let (last, watches) = state.withLock { ($0.last, Array($0.watches.values)) }
    metrics.measure(watches, last: last ?? .start)
    for watch in watches { watch.wake() }
  }

  /// Whether there can be changes after the position.
  func isBeyond(_ position: FeedPosition) -> Bool { state.withLock { $0.last.map { $0 > position } ?? true } }

  /// Somebody who waits for changes, until ``FeedWatch/end()``.
  func watch(as consumer: String) -> FeedWatch {
    let sent = metrics.sent(to: consumer)
    let (watch, hasEnded) = state.withLock { state in
      state.nextWatch += 1
      let id = state.nextWatch
      let watch = FeedWatch(consumer: consumer, sent: sent) { [weak self] in
        _ = self?.state.withLock { $0.watches.removeValue(forKey: id) }
      }
      state.watches[id] = watch
      return (watch, state.hasEnded)
    }
    if hasEnded { watch.end() }
    return watch
  }

  /// Ends every watch, for good.
  func end() {
    let watches = state.withLock { state in
      state.hasEnded = true
      return Array(state.watches.values)
    }
    for watch in watches { watch.end() }
  }
}
