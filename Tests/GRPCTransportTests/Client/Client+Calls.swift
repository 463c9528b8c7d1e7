import GRPCCore
import Logging
import TLS
import Testing

@testable import GRPCTransport

struct BytesSerializer: MessageSerializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }
}

struct BytesDeserializer: MessageDeserializer {
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
    bytes as? [UInt8] ?? []
  }
}

extension GRPCClient where Transport == HTTP2ClientTransport {
  /// One message there, one back.
  func call(
    _ method: EchoServer.Method,
    _ message: [UInt8] = [1, 2, 3],
    metadata: Metadata = [:],
    options: CallOptions = .defaults
  ) async throws -> [UInt8] {
    try await unary(
      request: ClientRequest(message: message, metadata: metadata),
      descriptor: method.descriptor,
      serializer: BytesSerializer(),
      deserializer: BytesDeserializer(),
      options: options
    ) { try $0.message }
  }
}

extension GRPCClient where Transport == HTTP2ClientTransport {
  /// Reads all that the server streams, and says how many messages that were.
  @discardableResult
  func readAll(_ method: EchoServer.Method, options: CallOptions = .defaults) async throws -> Int {
    try await serverStreaming(
      request: ClientRequest(message: [UInt8]([1])),
      descriptor: method.descriptor,
      serializer: BytesSerializer(),
      deserializer: BytesDeserializer(),
      options: options
    ) { response in
      var count = 0
      for try await _ in response.messages { count += 1 }
      return count
    }
  }
}

extension GRPCClient where Transport == HTTP2ClientTransport {
  /// Makes a call and tells this side's address of the connection that took it, as the server saw it.
  func localPeer() async throws -> String {
    try await unary(
      request: ClientRequest(message: [UInt8]()),
      descriptor: EchoServer.Method.echo.descriptor,
      serializer: BytesSerializer(),
      deserializer: BytesDeserializer(),
      options: .defaults
    ) { response in
      _ = try response.message
      return response.metadata[stringValues: "peer"].first { _ in true } ?? ""
    }
  }
}

/// Runs a client against a target while `body` runs.
func withClient<Value: Sendable>(
  _ target: ClientTarget,
  tls: TLSContextProvider? = nil,
  configure: @Sendable (inout HTTP2ClientConfiguration) -> Void = { _ in },
  _ body: @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Value
) async throws -> Value {
  var configuration = HTTP2ClientConfiguration()
  configuration.backoff.initial = .milliseconds(20)
  configuration.backoff.maximum = .milliseconds(100)
  configure(&configuration)
  let client = GRPCClient(
    transport: HTTP2ClientTransport(
      target: target,
      tls: tls,
      configuration: configuration,
      logger: Logger(label: "client") { _ in SwiftLogNoOpLogHandler() }
    )
  )
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await client.runConnections() }
    defer { client.beginGracefulShutdown() }
    return try await body(client)
  }
}

/// Runs servers while `body` runs, then stops them at once.
func withServers<Value: Sendable>(
  _ servers: EchoServer...,
  body: @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for server in servers { group.addTask { try await server.run() } }
    defer {
      for server in servers { server.letGo() }
      group.cancelAll()
    }
    return try await body()
  }
}
