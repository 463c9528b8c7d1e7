import Metrics
import Synchronization

/// Somebody who follows the feed: what wakes it, and how far it is.
final class FeedWatch: Sendable {
  private struct State {
    var position = FeedPosition.start
    /// When it was last where the feed ended.
    var levelTime = ContinuousClock.now
  }

  /// A kind of reader, never who it is.
  let consumer: String
  let wakes: AsyncStream<Void>
  private let waking: AsyncStream<Void>.Continuation
  private let sent: Counter
  private let state = Mutex(State())

  /// - Parameter ended: called once, when nobody follows any more.
  init(consumer: String, sent: Counter, ended: @escaping @Sendable () -> Void) {
    self.consumer = consumer
    self.sent = sent
    (wakes, waking) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    waking.onTermination = { _ in ended() }
  }

  func wake() { waking.yield() }

  func end() { waking.finish() }

  /// It was told so many changes, up to there.
  func note(_ count: Int, _ position: FeedPosition) {
    sent.increment(by: count)
    state.withLock { $0.position = position }
  }

  /// For how long it has been behind; nothing for one that is where the feed ends.
  func lag(behind last: FeedPosition) -> Duration {
    state.withLock { state in
      if state.position >= last { state.levelTime = .now }
      return .now - state.levelTime
    }
  }
}
