import CoreMetrics
import Synchronization

/// A distribution over fixed buckets: how many observations were at most each bound.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSeries {
  private struct Contents {
    /// Not cumulative; one more than there are bounds.
    var counts: [UInt64]
    var sum: Double = 0
  }

  private let bounds: [Double]
  private let contents: Mutex<Contents>

  /// - Parameter bounds: Upper bounds, ascending; the last bucket, without bound, is added.
  init(bounds: [Double]) {
    self.bounds = bounds
    contents = Mutex(Contents(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  func record(_ value: Double) {
    // Few bounds, and most observations fall in the first ones: a scan beats a search.
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    contents.withLock { contents in
      contents.counts[bucket] += 1
      contents.sum += value
    }
  }

  func record(_ value: Int64) { record(Double(value)) }

  /// Durations are kept in seconds, Prometheus' base unit.
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

  func write(name: String, labels: String, to text: inout String) {
    let contents = contents.withLock { $0 }
    let prefix = labels.isEmpty ? "" : labels + ","
    var cumulative: UInt64 = 0
    for (index, count) in contents.counts.enumerated() {
      cumulative += count
      let bound = index < bounds.count ? PrometheusName.number(bounds[index]) : "+Inf"
      text.appendSample("\(name)_bucket", "\(prefix)le=\"\(bound)\"", String(cumulative))
    }
    text.appendSample("\(name)_sum", labels, PrometheusName.number(contents.sum))
    text.appendSample("\(name)_count", labels, String(cumulative))
  }
}
