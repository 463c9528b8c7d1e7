import GRPCCore
import Logging
import TLS
import TestSupport
import Testing

@testable import GRPCTransport

@Suite("Client: against gRPC's Python server", .timeLimit(.minutes(3)))
struct PythonServerTests {
  private func withPython<Value: Sendable>(
    compresses: Bool = false,
    _ body: @Sendable (PythonCaller, PythonEchoServer) async throws -> Value
  ) async throws -> Value {
    let server = try await PythonEchoServer(compresses: compresses)
    return try await withClient(.host("127.0.0.1", port: server.port)) { client in
      try await body(PythonCaller(client: client), server)
    }
  }

  @Test("all four kinds of call", arguments: [false, true])
  func kinds(compresses: Bool) async throws {
    try await withPython(compresses: compresses) { caller, _ in
      for length in [0, 1, 70_000, 3_000_000] {
        let message = [UInt8](repeating: 7, count: length)
        let answers = try await caller.call("unary", [message])
        #expect(answers == [message])
      }
      let parts = (0..<100).map { [UInt8](repeating: UInt8($0), count: $0 * 100) }
      let joined = try await caller.call("collect", parts)
      #expect(joined == [Array(parts.joined())])
      let copies = try await caller.call("expand", [[200, 1]])
      #expect(copies == [[UInt8]](repeating: [200, 1], count: 200))
      let echoed = try await caller.call("echo", parts)
      #expect(echoed == parts)
    }
  }

  @Test("compressed requests are understood", arguments: [CompressionAlgorithm.gzip, .deflate])
  func compression(algorithm: CompressionAlgorithm) async throws {
    try await withPython { caller, _ in
      var options = CallOptions.defaults
      options.compression = algorithm
      let parts = (1..<20).map { [UInt8](repeating: UInt8($0), count: $0 * 1_000) }
      let echoed = try await caller.call("echo", parts, options: options)
      #expect(echoed == parts)
    }
  }

  @Test
  func metadata() async throws {
    try await withPython { caller, _ in
      var metadata: Metadata = ["x-text": "a b, c"]
      metadata.addBinary([0, 1, 254, 255], forKey: "x-blob-bin")
      let (initial, trailing) = try await caller.metadata(metadata)
      for returned in [initial, trailing] {
        #expect(Array(returned[stringValues: "x-text"]) == ["a b, c"])
        #expect(Array(returned[binaryValues: "x-blob-bin"]) == [[0, 1, 254, 255]])
      }
    }
  }

  @Test
  func status() async throws {
    try await withPython { caller, _ in
      let error = await #expect(throws: RPCError.self) { try await caller.call("fail", [[]]) }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "100 % näh\n–")
      let details = error.map { Array($0.metadata[binaryValues: "grpc-status-details-bin"]) }
      #expect(details == [[0, 1] + Array("details".utf8)])
      let unknown = await #expect(throws: RPCError.self) { try await caller.call("no-such-method", [[]]) }
      #expect(unknown?.code == .unimplemented)
    }
  }

  @Test("the server learns the deadline and that the call has ended")
  func deadline() async throws {
    try await withPython { caller, server in
      // The connection and the server's threads are there before the time runs.
      _ = try await caller.call("unary", [[]])
      var options = CallOptions.defaults
      options.timeout = .seconds(4)
      let error = await #expect(throws: RPCError.self) { try await caller.call("wait", [[]], options: options) }
      #expect(error?.code == .deadlineExceeded)
      let start = await server.line()?.split(separator: " ").last.flatMap { Double($0) }
      #expect(start.map { $0 <= 4 } == true)
      #expect(await server.line() == "cancelled")
    }
  }

  @Test("the server learns of a cancelled task")
  func cancellation() async throws {
    try await withPython { caller, server in
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try await caller.call("wait", [[]]) }
        #expect(await server.line()?.hasPrefix("waiting") == true)
        group.cancelAll()
        #expect(await server.line() == "cancelled")
        try? await group.waitForAll()
      }
    }
  }

  @Test("calls go on over a graceful restart of the server")
  func restart() async throws {
    let first = try await PythonEchoServer()
    try await withClient(.host("127.0.0.1", port: first.port)) { client in
      let caller = PythonCaller(client: client)
      let one = try await caller.call("unary", [[1]])
      #expect(one == [[1]])
      try await first.stop(grace: 5)
      let second = try await PythonEchoServer(port: first.port)
      let two = try await caller.call("unary", [[2]], options: .waiting())
      #expect(two == [[2]])
      try await second.stop(grace: 0)
    }
  }

  @Test("TLS, with and without a client certificate", arguments: [false, true])
  func secure(isMutual: Bool) async throws {
    let authority = try TestCertificateAuthority()
    var files = try authority.server()
    if !isMutual { files.authorities = nil }
    let server = try await PythonEchoServer(tls: files)
    let own = isMutual ? try authority.client(uri: "spiffe://vigil.test/client/un") : authority.trustOnly
    let tls = try TLSContextProvider(client: TLSClientConfiguration(files: own), logger: Logger(label: "tls"))
    try await withClient(.host("localhost", port: server.port), tls: tls) { client in
      let answer = try await PythonCaller(client: client).call("unary", [[1, 2]])
      #expect(answer == [[1, 2]])
    }
  }
}

/// Calls the methods of ``PythonEchoServer``.
struct PythonCaller: Sendable {
  let client: GRPCClient<HTTP2ClientTransport>

  /// Streams the messages there and collects what comes back.
  func call(_ method: String, _ messages: [[UInt8]], options: CallOptions = .defaults) async throws -> [[UInt8]] {
    try await client.bidirectionalStreaming(
      request: StreamingClientRequest { writer in try await writer.write(contentsOf: messages) },
      descriptor: MethodDescriptor(fullyQualifiedService: "vigil.test.Echo", method: method),
      serializer: BytesSerializer(),
      deserializer: BytesDeserializer(),
      options: options
    ) { response in
      var answers: [[UInt8]] = []
      for try await message in response.messages { answers.append(message) }
      return answers
    }
  }

  /// The initial and the trailing metadata of a call.
  func metadata(_ metadata: Metadata) async throws -> (Metadata, Metadata) {
    try await client.unary(
      request: ClientRequest(message: [UInt8](), metadata: metadata),
      descriptor: MethodDescriptor(fullyQualifiedService: "vigil.test.Echo", method: "metadata"),
      serializer: BytesSerializer(),
      deserializer: BytesDeserializer(),
      options: .defaults
    ) { ($0.metadata, $0.trailingMetadata) }
  }
}
