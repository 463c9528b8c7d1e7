package import NIOCore

/// When an instance of a service is taken out of use and when it comes back.
package struct HealthPolicy: Sendable, Equatable {
  /// Whether instances are asked for their health. Without it a new instance counts as healthy.
  package var probes = true
  /// Time between two probes of one instance.
  package var probeInterval = TimeAmount.seconds(2)
  /// Time between two probes of one that is out of use, so that its return is soon noticed.
  package var returnInterval = TimeAmount.milliseconds(500)
  /// How long a probe may take before it counts as failed.
  package var probeTimeout = TimeAmount.seconds(1)
  /// Failed probes in a row that take an instance out.
  package var probeFailures = 2
  /// Failed calls in a row that eject an instance.
  package var callFailures = 5
  /// The first ejection's length; each further one doubles it.
  package var ejection = TimeAmount.seconds(5)
  /// The longest ejection.
  package var maximumEjection = TimeAmount.seconds(120)
  /// The time in good health after which former ejections are forgotten.
  package var forgiveness = TimeAmount.minutes(5)

  package init() {}

  /// The length of an instance's `count`-th ejection in a row, from 1.
  func ejectionLength(_ count: Int) -> TimeAmount {
    let doublings = min(max(count - 1, 0), 30)
    let (length, overflow) = ejection.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(doublings))
    return overflow ? maximumEjection : min(.nanoseconds(length), maximumEjection)
  }
}
