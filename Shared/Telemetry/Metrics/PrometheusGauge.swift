import CoreMetrics

/// A value that goes up and down; also what swift-metrics calls a meter, a recorder that does not
/// aggregate, and a counter of fractions.
final class PrometheusGauge: MeterHandler, RecorderHandler, FloatingPointCounterHandler, PrometheusSeries {
  private let value = AtomicDouble()

  func set(_ value: Int64) { self.value.store(Double(value)) }
  func set(_ value: Double) { self.value.store(value) }
  func record(_ value: Int64) { self.value.store(Double(value)) }
  func record(_ value: Double) { self.value.store(value) }
  func increment(by amount: Double) { value.add(amount) }
  func decrement(by amount: Double) { value.add(-amount) }
  func reset() { value.store(0) }

  func write(name: String, labels: String, to text: inout String) {
    text.appendSample(name, labels, PrometheusName.number(value.value))
  }
}
