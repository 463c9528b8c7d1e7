package import CoreMetrics
package import GRPCCore
package import Logging
import ServiceLifecycle

/// A gRPC client as every process of the system has it: deadline, request id and trace of the call that
/// is served travel on, and calls are counted.
///
/// Generated clients are made over ``client``.
package struct RPCClient<Transport: ClientTransport>: Service {
  package let client: GRPCClient<Transport>

  package init(transport: Transport, logger: Logger, metrics: any MetricsFactory) {
    client = GRPCClient(
      transport: transport,
      interceptors: [
        DeadlineClientInterceptor(),
        TelemetryClientInterceptor(logger: logger, metrics: metrics),
      ]
    )
  }

  /// Keeps the connections until graceful shutdown has ended the calls in progress, or cancellation.
  package func run() async throws {
    try await withGracefulShutdownHandler {
      try await client.runConnections()
    } onGracefulShutdown: {
      client.beginGracefulShutdown()
    }
  }
}
