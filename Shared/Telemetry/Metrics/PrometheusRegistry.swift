package import CoreMetrics
import Synchronization

/// The process's metrics, and their exposition in Prometheus' text format 0.0.4.
///
/// Labels of the swift-metrics API become names with underscores. A timer is a histogram of seconds, and
/// a recorder that aggregates is a histogram over powers of four, which suits sizes and counts.
package final class PrometheusRegistry: MetricsFactory {
  /// Upper bounds for durations, in seconds.
  package static let durationBounds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
  ]
  /// Upper bounds for sizes and counts.
  package static let sizeBounds: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]

  private struct Contents {
    var families: [String: PrometheusFamily] = [:]
    var help: [String: String] = [:]
    var collectors: [@Sendable () -> Void] = []
  }

  private let contents = Mutex(Contents())
  private let seriesLimit: Int

  /// - Parameter seriesLimit: The most combinations of labels that one metric keeps apart.
  package init(seriesLimit: Int = 1_000) {
    self.seriesLimit = seriesLimit
  }

  /// Gives a metric its `# HELP` line; `name` is as exposed.
  package func describe(_ name: String, _ help: String) {
    contents.withLock { $0.help[name] = help }
  }

  /// Runs before each exposition, to refresh gauges that are read rather than counted.
  package func collect(_ collector: @escaping @Sendable () -> Void) {
    contents.withLock { $0.collectors.append(collector) }
  }

  /// Every metric, in order of name.
  package func exposition() -> String {
    for collector in contents.withLock({ $0.collectors }) { collector() }
    let (families, help) = contents.withLock { ($0.families, $0.help) }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      family.write(name: name, help: help[name], to: &text)
    }
    return text
  }
}

extension PrometheusRegistry {
  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(PrometheusName.metric(label), .counter, dimensions, PrometheusCounter.init)
  }

  package func makeFloatingPointCounter(
    label: String,
    dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(PrometheusName.metric(label), .counter, dimensions, PrometheusGauge.init)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(PrometheusName.metric(label), .gauge, dimensions, PrometheusGauge.init)
  }

  package func makeRecorder(
    label: String,
    dimensions: [(String, String)],
    aggregate: Bool
  ) -> any RecorderHandler {
    let name = PrometheusName.metric(label)
    guard aggregate else { return series(name, .gauge, dimensions, PrometheusGauge.init) }
    return series(name, .histogram, dimensions) { PrometheusHistogram(bounds: Self.sizeBounds) }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(PrometheusName.metric(label), .histogram, dimensions) {
      PrometheusHistogram(bounds: Self.durationBounds)
    }
  }

  // A metric that exists as another kind is a mistake in the code: it is counted apart, unexposed,
  // because telemetry must not stop a process.
  private func series<Series: PrometheusSeries>(
    _ name: String,
    _ kind: PrometheusFamily.Kind,
    _ dimensions: [(String, String)],
    _ make: () -> Series
  ) -> Series {
    contents.withLock { contents in
      var family = contents.families[name] ?? PrometheusFamily(kind: kind)
      let found = family.series(dimensions, limit: seriesLimit, make: make)
      contents.families[name] = family
      return found as? Series ?? make()
    }
  }
}

extension PrometheusRegistry {
  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  private func remove(_ handler: some AnyObject) {
    contents.withLock { contents in
      for name in contents.families.keys { contents.families[name]?.remove(handler) }
    }
  }
}
