import GRPCTransport
import HTTP2
import Metrics
import Telemetry

/// Shows what a server transport counts.
enum TransportMetrics {
  static func register(_ counters: HTTP2ServerCounters, in registry: PrometheusRegistry) {
    let open = Gauge(label: "grpc_server_connections", factory: registry)
    let calls = Gauge(label: "grpc_server_calls_in_progress", factory: registry)
    let refused = Gauge(label: "grpc_server_connections_refused", factory: registry)
    let handshakes = Gauge(label: "grpc_server_handshakes_failed", factory: registry)
    let rejected = Gauge(label: "grpc_server_requests_rejected", factory: registry)
    registry.describe("grpc_server_connections", "Open connections.")
    registry.describe("grpc_server_calls_in_progress", "Calls that are being served.")
    registry.describe("grpc_server_connections_refused", "Connections closed because of the limit, so far.")
    registry.describe("grpc_server_handshakes_failed", "TLS handshakes that failed, so far.")
    registry.describe("grpc_server_requests_rejected", "Requests that were not gRPC as it should be, so far.")
    registry.describe("grpc_server_abuse", "Connections ended because the peer exceeded a limit, by kind, so far.")
    registry.collect {
      let now = counters.snapshot()
      open.record(now.connectionsOpen)
      calls.record(now.rpcsOpen)
      refused.record(now.connectionsRefused)
      handshakes.record(now.handshakesFailed)
      rejected.record(now.requestsRejected)
      for (abuse, count) in now.abuses {
        Gauge(label: "grpc_server_abuse", dimensions: [("kind", abuse.rawValue)], factory: registry).record(count)
      }
    }
  }
}
