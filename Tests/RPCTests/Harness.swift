import GRPCCore
import GRPCHealthAPI
import GRPCInProcessTransport
import GRPCProtobuf
import GRPCTransport
import Logging
import Metrics
import NIOCore
import Synchronization
import TLS
import Telemetry
import Tokens

@testable import RPC

/// A server of the system with the probe service, and what it left behind.
struct Harness {
  let metrics = PrometheusRegistry()
  let log = RecordedOutput()
  /// What the probe's waiting methods go through.
  let events: AsyncStream<String>
  private let eventSink: AsyncStream<String>.Continuation
  var access = AccessPolicy.open
  var tokens: TokenVerifier?
  var translations: [ErrorTranslation] = []
  var relay: (@Sendable (String) async throws -> String)?

  init() {
    (events, eventSink) = AsyncStream.makeStream()
  }

  var logger: Logger {
    var logger = Logger(label: "test") { label in
      var handler = StructuredLogHandler(service: "test", label: label, format: .json, output: log)
      handler.metadataProvider = .callContext
      return handler
    }
    logger.logLevel = .debug
    return logger
  }

  private var quiet: Logger { Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() } }

  private var configuration: RPCServerConfiguration {
    var configuration = RPCServerConfiguration(
      services: [ServedService(ProbeService(events: eventSink, relay: relay)) { $0.registerMethods(with: &$1) }],
      descriptors: [],
      access: access,
      logger: logger,
      metrics: metrics
    )
    configuration.translations = translations
    configuration.tokens = tokens
    return configuration
  }

  /// Serves over TCP with our own transport on both sides.
  ///
  /// - Parameters:
  ///   - server: The server's certificate; nil for cleartext.
  ///   - client: The client's.
  func overHTTP2<Result: Sendable>(
    server serverFiles: TLSFiles? = nil,
    client clientFiles: TLSFiles? = nil,
    _ body: @Sendable (Probe<HTTP2ClientTransport>, RPCServer) async throws -> Result
  ) async throws -> Result {
    let transport = HTTP2ServerTransport(
      address: .hostname("127.0.0.1", port: 0),
      security: try serverFiles.map {
        .tls(
          try TLSContextProvider(
            server: TLSServerConfiguration(files: $0, clientCertificates: .optional),
            logger: quiet
          )
        )
      } ?? .plaintext,
      logger: quiet
    )
    let server = RPCServer(transport: transport, configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      let port = try await transport.listeningAddress.port ?? 0
      let clientTransport = HTTP2ClientTransport(
        target: .host("127.0.0.1", port: port),
        tls: try clientFiles.map {
          try TLSContextProvider(client: TLSClientConfiguration(files: $0), logger: quiet)
        },
        logger: quiet
      )
      let client = RPCClient(transport: clientTransport, logger: quiet, metrics: metrics)
      group.addTask { try await client.run() }
      defer { group.cancelAll() }
      return try await body(Probe(client: client.client), server)
    }
  }

  /// Serves in the process with gRPC's own transport, which does not cancel the task of a call.
  func inProcess<Result: Sendable>(
    _ body: @Sendable (Probe<InProcessTransport.Client>) async throws -> Result
  ) async throws -> Result {
    let transport = InProcessTransport()
    var configuration = configuration
    configuration.transportCancels = false
    let server = RPCServer(transport: transport.server, configuration: configuration)
    let client = RPCClient(transport: transport.client, logger: quiet, metrics: metrics)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask { try await client.run() }
      defer { group.cancelAll() }
      return try await body(Probe(client: client.client))
    }
  }
}

/// Keeps the lines that a log handler writes.
final class RecordedOutput: LogOutput {
  private let recorded = Mutex<[String]>([])

  var lines: [String] { recorded.withLock { $0 } }

  func write(_ line: [UInt8]) {
    recorded.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }
}
