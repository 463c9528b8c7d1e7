import Metrics
import Policy
package import Telemetry

/// What is counted of the policy that a service decides by.
package struct PolicyMetrics: Sendable {
  private let refusals: [SnapshotIntake.Refusal: Counter]
  private let connections: Counter

  package init(_ registry: PrometheusRegistry, of authorizer: Authorizer) {
    let pairs = SnapshotIntake.Refusal.allCases.map { refusal in
      (
        refusal,
        Counter(label: "policy_refused_total", dimensions: [("reason", refusal.rawValue)], factory: registry)
      )
    }
    refusals = Dictionary(uniqueKeysWithValues: pairs)
    connections = Counter(label: "policy_watches_total", factory: registry)
    let sequence = Gauge(label: "policy_sequence", factory: registry)
    let age = Gauge(label: "policy_age_seconds", factory: registry)
    registry.describe("policy_refused_total", "Policies that came and were left aside, by reason.")
    registry.describe("policy_watches_total", "Attempts to follow the policy.")
    registry.describe("policy_sequence", "Number of the policy's last change.")
    registry.describe("policy_age_seconds", "Since the policy was last issued.")
    registry.collect {
      guard let last = authorizer.last else { return }
      sequence.record(Int64(clamping: last.sequence))
      age.record(Double(authorizer.now.microseconds - last.issuedAt.microseconds) / 1e6)
    }
  }

  func countWatch() { connections.increment() }
  func count(_ refusal: SnapshotIntake.Refusal) { refusals[refusal]?.increment() }
}
