import GRPCCore
import GRPCTransport
import HTTP2
import Logging
import NIOCore
import RPC
import ServiceLifecycle

/// A service's gRPC server, and what readiness and health say of it.
struct GRPCListener: Service {
  private let address: HostPort
  private let transport: HTTP2ServerTransport
  private let server: RPCServer
  private let check: Readiness.Check
  private let logger: Logger

  init(runtime: ProcessRuntime, security: Security, parts: ServiceParts) throws {
    address = runtime.settings[GRPCSettings.listen]
    logger = runtime.logger
    transport = HTTP2ServerTransport(
      address: .hostname(address.host, port: address.port),
      security: security.transport,
      configuration: Self.transportConfiguration(runtime.settings),
      logger: runtime.logger
    )
    var configuration = RPCServerConfiguration(
      services: parts.rpcServices,
      descriptors: parts.descriptors,
      access: security.access(rules: parts.rules),
      logger: runtime.logger,
      metrics: runtime.metrics
    )
    configuration.offersReflection = runtime.settings[GRPCSettings.reflection]
    configuration.tokens = parts.tokens
    configuration.endsStreams = parts.endsStreams
    configuration.additional = [DatabaseDeadlineInterceptor()] + parts.interceptors
    configuration.translations = [DatabaseErrors.translate]
    server = RPCServer(transport: transport, configuration: configuration)
    check = runtime.readiness.declare("grpc listener")
    let health = server.health
    runtime.readiness.observe { isReady in health.setServing(isReady) }
    TransportMetrics.register(transport.counters, in: runtime.metrics)
  }

  func run() async throws {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        group.addTask { try await announce() }
        try await group.waitForAll()
      }
    } catch {
      // GRPCCore wraps what the transport throws.
      let cause = (error as? RuntimeError)?.cause ?? error
      guard cause is IOError else { throw error }
      throw StartError("grpc.listen: cannot listen on \(address): \(cause.reasonText)")
    }
    check.set(.notReady("stopped"))
  }

  private func announce() async throws {
    let bound = try await transport.listeningAddress
    check.set(.ready)
    logger.info("taking calls", metadata: ["address": "\(bound.ipAddress ?? ""):\(bound.port ?? 0)"])
  }

  private static func transportConfiguration(_ settings: Settings) -> HTTP2ServerTransportConfiguration {
    var configuration = HTTP2ServerTransportConfiguration()
    configuration.maxRequestMessageSize = settings[GRPCSettings.messageLimit].bytes
    configuration.http2.maxConcurrentStreams = UInt32(clamping: settings[GRPCSettings.streamLimit])
    configuration.http2.maxHeaderListSize = HTTP2Configuration.maxHeaderListSizeBehindGateway
    configuration.shutdownGrace = .nanoseconds(settings[CommonSettings.shutdownTimeout].wholeNanoseconds)
    return configuration
  }
}

extension Duration {
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
