package import Logging
package import Telemetry

/// What a process is given to build itself from.
package struct ProcessRuntime: Sendable {
  /// The executable's name.
  package let name: String
  /// The values of its settings, checked.
  package let settings: Settings
  package let logger: Logger
  /// Where it counts; also the process's `MetricsSystem`.
  package let metrics: PrometheusRegistry
  /// Where its parts say whether they can do their work.
  package let readiness: Readiness

  package init(
    name: String,
    settings: Settings,
    logger: Logger,
    metrics: PrometheusRegistry = PrometheusRegistry(),
    readiness: Readiness = Readiness()
  ) {
    self.name = name
    self.settings = settings
    self.logger = logger
    self.metrics = metrics
    self.readiness = readiness
  }
}
