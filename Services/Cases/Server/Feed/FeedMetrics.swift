import Metrics
import Synchronization

/// How far consumers are, by kinds of readers: nothing tells who they are.
final class FeedMetrics: Sendable {
  private let heldBack = Gauge(label: "vigil_feed_held_back_seconds")
  /// The kinds that there were: one that has gone is none, not the last number.
  private let known = Mutex<Set<String>>([])

  /// For how long the oldest change that is committed has waited for a longer transaction.
  func heldBack(seconds: Double) { heldBack.record(seconds) }

  func sent(to consumer: String) -> Counter {
    known.withLock { _ = $0.insert(consumer) }
    return Counter(label: "vigil_feed_changes_sent_total", dimensions: [("consumer", consumer)])
  }

  /// How many follow, and for how long the slowest of them has been behind.
  func measure(_ watches: [FeedWatch], last: FeedPosition) {
    let lags = Dictionary(grouping: watches, by: \.consumer).mapValues { $0.map { $0.lag(behind: last) } }
    for consumer in known.withLock({ $0 }) {
      let lags = lags[consumer] ?? []
      let labels = [("consumer", consumer)]
      Gauge(label: "vigil_feed_consumers", dimensions: labels).record(lags.count)
      Gauge(label: "vigil_feed_lag_seconds", dimensions: labels).record((lags.max() ?? .zero) / .seconds(1))
    }
  }
}
