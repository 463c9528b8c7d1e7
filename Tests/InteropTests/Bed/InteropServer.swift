import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import HTTP2
import Metrics
import NIOCore
import RPC
import Testing

/// Vigil's server as each of its services has it, with the test service on it.
struct InteropServer: Sendable {
  private let transport: HTTP2ServerTransport

  var port: Int {
    get async throws { try #require(try await transport.listeningAddress.port) }
  }

  /// Says GOAWAY, and lets the calls in progress end.
  func drain() { transport.beginGracefulShutdown() }

  /// Runs a server around `body`, which it stops afterwards.
  static func run<Result: Sendable>(
    _ security: HTTP2ServerTransport.Security,
    configure: (inout RPCServerConfiguration) -> Void = { _ in },
    _ body: (InteropServer) async throws -> Result
  ) async throws -> Result {
    let transport = HTTP2ServerTransport(
      address: .hostname("127.0.0.1", port: 0), security: security, configuration: transportConfiguration,
      logger: .quiet)
    var configuration = RPCServerConfiguration(
      services: [
        ServedService(InteropService(counters: transport.counters).withoutUnimplemented) {
          $0.registerMethods(with: &$1)
        }
      ],
      descriptors: [GRPCTestingAPIDescriptors.fileDescriptorSet],
      access: .open,
      logger: .quiet,
      metrics: NOOPMetricsHandler.instance
    )
    configure(&configuration)
    let server = RPCServer(transport: transport, configuration: configuration)
    server.health.setServing(true)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      return try await body(InteropServer(transport: transport))
    }
  }

  private static var transportConfiguration: HTTP2ServerTransportConfiguration {
    var configuration = HTTP2ServerTransportConfiguration()
    configuration.http2.maxConcurrentStreams = 1_500
    configuration.compressesResponses = true
    return configuration
  }
}
