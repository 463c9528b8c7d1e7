/// How long to wait between attempts to connect: gRPC's connection back-off
/// (grpc.io, "connection-backoff"), exponential and jittered.
package struct Backoff: Sendable, Hashable {
  package struct Configuration: Sendable, Hashable {
    /// The wait after the first failure.
    package var initial: Duration = .seconds(1)
    package var multiplier: Double = 1.6
    /// The share by which a wait is made longer or shorter at random, 0 to 1.
    package var jitter: Double = 0.2
    /// The longest wait, before jitter.
    package var maximum: Duration = .seconds(120)

    package init() {}
  }

  private let configuration: Configuration
  private var base: Duration

  package init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
    self.base = min(configuration.initial, configuration.maximum)
  }

  /// The next wait; each is longer than the one before until the maximum.
  package mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    let spread = Double.random(in: -configuration.jitter...configuration.jitter, using: &random)
    let wait = base * (1 + spread)
    base = min(base * configuration.multiplier, configuration.maximum)
    return wait
  }

  /// Begins again with the initial wait, after a success.
  package mutating func reset() {
    base = min(configuration.initial, configuration.maximum)
  }
}
