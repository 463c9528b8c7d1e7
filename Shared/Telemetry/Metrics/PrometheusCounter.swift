import CoreMetrics
import Synchronization

/// A count that only grows.
final class PrometheusCounter: CounterHandler, PrometheusSeries {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) {
    value.wrappingAdd(amount, ordering: .relaxed)
  }

  func reset() {
    value.store(0, ordering: .relaxed)
  }

  func write(name: String, labels: String, to text: inout String) {
    text.appendSample(name, labels, String(value.load(ordering: .relaxed)))
  }
}
