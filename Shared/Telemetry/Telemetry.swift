// Telemetry: what a process tells of itself. It owns the log handler and its two formats, the Prometheus
// registry, W3C trace context and request ids, and nothing that knows gRPC or HTTP: RPC carries the
// headers, ServiceRuntime serves the exposition. It may import the swift-log, swift-metrics and
// swift-distributed-tracing APIs, FoundationEssentials for the clock and swift-system for standard error.

package import Logging
import Metrics
import Tracing

/// The process's telemetry: set up once, before anything logs or counts.
package struct Telemetry: Sendable {
  /// What `/metrics` shows.
  package let metrics: PrometheusRegistry

  /// Makes our handlers the process's own for logs, metrics and traces. A second call traps, as the
  /// three systems demand.
  ///
  /// - Parameters:
  ///   - service: Name of the process, a field of every log line.
  ///   - level: The least severe level that is logged.
  ///   - format: How lines are written; `auto` is decided here.
  package static func bootstrap(service: String, level: Logger.Level, format: LogFormat) -> Telemetry {
    let resolved = format.resolved()
    LoggingSystem.bootstrap(
      { label, provider in
        var handler = StructuredLogHandler(
          service: service,
          label: label,
          format: resolved,
          output: StandardError()
        )
        handler.logLevel = level
        handler.metadataProvider = provider
        return handler
      },
      metadataProvider: .callContext
    )
    let registry = PrometheusRegistry()
    MetricsSystem.bootstrap(registry)
    InstrumentationSystem.bootstrap(W3CTracer(logger: Logger(label: "trace")))
    return Telemetry(metrics: registry)
  }
}

extension Logger.MetadataProvider {
  /// The request id and the place in the trace of the call that the task serves.
  package static let callContext = Logger.MetadataProvider {
    guard let context = InstrumentationContext.current else { return [:] }
    var metadata: Logger.Metadata = [:]
    if let id = context.callID { metadata["request_id"] = .string(id.text) }
    if let trace = context.traceContext {
      metadata["trace_id"] = .stringConvertible(trace.traceID)
      metadata["span_id"] = .stringConvertible(trace.spanID)
    }
    return metadata
  }
}
