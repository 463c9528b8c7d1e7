import GRPCCore
import HTTP2
import NIOCore
import Synchronization
import Testing

@testable import GRPCTransport

@Suite("Client: calls", .timeLimit(.minutes(1)))
struct CallTests {
  private func withEcho<Value: Sendable>(
    configure: @Sendable (inout HTTP2ClientConfiguration) -> Void = { _ in },
    server: EchoServer = EchoServer(),
    _ body: @Sendable (GRPCClient<HTTP2ClientTransport>, EchoServer) async throws -> Value
  ) async throws -> Value {
    try await withServers(server) {
      try await withClient(.host("127.0.0.1", port: server.port), configure: configure) { client in
        try await body(client, server)
      }
    }
  }

  @Test(arguments: [0, 1, 1_000, 100_000, 3_000_000])
  func unary(length: Int) async throws {
    try await withEcho { client, _ in
      let message = [UInt8](repeating: 5, count: length)
      let answer = try await client.call(.echo, message)
      #expect(answer == message)
    }
  }

  @Test("of a compressed call, a message that must not be compressed is sent as it is")
  func uncompressedMessage() async throws {
    try await withEcho { client, server in
      var options = CallOptions.defaults
      options.compression = .gzip
      let message = [UInt8](repeating: 9, count: 10_000)
      let request = StreamingClientRequest<[UInt8]> { writer in
        try await writer.write(message)
        try await CompressionChoice.$isAllowed.withValue(false) { try await writer.write(message) }
      }
      let echoed = try await client.bidirectionalStreaming(
        request: request, descriptor: EchoServer.Method.echo.descriptor, serializer: BytesSerializer(),
        deserializer: BytesDeserializer(), options: options
      ) { response in
        var echoed: [[UInt8]] = []
        for try await message in response.messages { echoed.append(message) }
        return echoed
      }
      #expect(echoed == [message, message])
      #expect(server.transport.counters.snapshot().messagesDecompressed == 1)
    }
  }

  @Test
  func unixSocket() async throws {
    let path = "/tmp/vigil-\(UInt32.random(in: 0...UInt32.max)).sock"
    let server = EchoServer(socket: path)
    try await withServers(server) {
      _ = try await server.transport.listeningAddress
      try await withClient(.unixSocket(path: path)) { client in
        let answer = try await client.call(.echo, [4])
        #expect(answer == [4])
      }
    }
  }

  @Test
  func manyAtOnce() async throws {
    try await withEcho { client, server in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<500 {
          group.addTask {
            let message = [UInt8](repeating: UInt8(number % 256), count: number)
            return try await client.call(.echo, message) == message
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
      #expect(server.callCount == 500)
    }
  }

  @Test("more calls than the server takes at once wait their turn")
  func concurrencyLimit() async throws {
    let server = EchoServer { $0.http2.maxConcurrentStreams = 3 }
    try await withEcho(server: server) { client, server in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<50 {
          group.addTask { try await client.call(.echo, [UInt8(number)]) == [UInt8(number)] }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test
  func bidirectional() async throws {
    try await withEcho { client, _ in
      let (sizes, turn) = AsyncStream.makeStream(of: Int.self)
      turn.yield(1)
      let request = StreamingClientRequest<[UInt8]> { writer in
        for await size in sizes { try await writer.write([UInt8](repeating: 1, count: size)) }
      }
      let received = try await client.bidirectionalStreaming(
        request: request,
        descriptor: EchoServer.Method.echo.descriptor,
        serializer: BytesSerializer(),
        deserializer: BytesDeserializer(),
        options: .defaults
      ) { response in
        var received: [Int] = []
        #expect(Array(response.metadata[stringValues: "server"]) == ["echo"])
        for try await message in response.messages {
          received.append(message.count)
          if received.count == 20 { turn.finish() } else { turn.yield(received.count * 500) }
        }
        return received
      }
      #expect(received == [1] + (1..<20).map { $0 * 500 })
    }
  }

  @Test("metadata of both kinds arrives there and comes back; reserved keys do not")
  func metadata() async throws {
    try await withEcho { client, _ in
      var metadata: Metadata = ["a-key": "a value", "traceparent": "00-1-2-01", "te": "gzip"]
      metadata.addBinary([0, 255, 1], forKey: "blob-bin")
      metadata.addString("another", forKey: "a-key")
      let returned = try await client.unary(
        request: ClientRequest(message: [UInt8](), metadata: metadata),
        descriptor: EchoServer.Method.mirror.descriptor,
        serializer: BytesSerializer(),
        deserializer: BytesDeserializer(),
        options: .defaults
      ) { $0.metadata }
      #expect(Array(returned[stringValues: "a-key"]) == ["a value", "another"])
      #expect(Array(returned[stringValues: "traceparent"]) == ["00-1-2-01"])
      #expect(Array(returned[binaryValues: "blob-bin"]) == [[0, 255, 1]])
      #expect(Array(returned[stringValues: "te"]).isEmpty)
    }
  }

  @Test("a status without messages arrives with its text and details")
  func trailersOnly() async throws {
    try await withEcho { client, _ in
      let error = await #expect(throws: RPCError.self) { try await client.call(.refuse) }
      #expect(error?.code == .permissionDenied)
      #expect(error?.message == "no – näh %")
      #expect(error.map { Array($0.metadata[binaryValues: "grpc-status-details-bin"]) } == [[1, 2, 3]])
    }
  }

  // MARK: Deadlines and cancellation

  @Test("a call whose time is over ends, and the server is told")
  func deadline() async throws {
    try await withEcho { client, server in
      var options = CallOptions.defaults
      options.timeout = .milliseconds(100)
      let error = await #expect(throws: RPCError.self) { try await client.readAll(.flood, options: options) }
      #expect(error?.code == .deadlineExceeded)
      // The server may never have seen it; if it did, it does not go on.
      try await eventually { server.cancelled.withLock { $0 } == server.callCount }
    }
  }

  @Test("a cancelled task ends its call at the server")
  func cancellation() async throws {
    try await withEcho { client, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try await client.readAll(.flood) }
        try await eventually { server.callCount == 1 }
        group.cancelAll()
        let result = await group.nextResult()
        #expect(throws: RPCError.self) { try result?.get() }
      }
      try await eventually { server.cancelled.withLock { $0 == 1 } }
    }
  }

  @Test("a caller that leaves early ends the call at the server")
  func leavingEarly() async throws {
    try await withEcho { client, server in
      let first = try await client.serverStreaming(
        request: ClientRequest(message: [UInt8]([1])),
        descriptor: EchoServer.Method.flood.descriptor,
        serializer: BytesSerializer(),
        deserializer: BytesDeserializer(),
        options: .defaults
      ) { response in
        try await response.messages.first { _ in true }
      }
      #expect(first?.count == 10_000)
      try await eventually { server.cancelled.withLock { $0 == 1 } }
    }
  }

  // MARK: Sizes and compression

  @Test("compressed requests and answers", arguments: [CompressionAlgorithm.gzip, .deflate])
  func compression(algorithm: CompressionAlgorithm) async throws {
    let server = EchoServer { $0.compressesResponses = true }
    try await withEcho(server: server) { client, _ in
      var options = CallOptions.defaults
      options.compression = algorithm
      let message = [UInt8](repeating: 9, count: 50_000)
      let answer = try await client.call(.echo, message, options: options)
      #expect(answer == message)
    }
  }

  @Test("a request over the limit is not sent")
  func requestLimit() async throws {
    try await withEcho { client, _ in
      var options = CallOptions.defaults
      options.maxRequestMessageBytes = 100
      let fits = try await client.call(.echo, [UInt8](repeating: 0, count: 100), options: options)
      #expect(fits.count == 100)
      let error = await #expect(throws: RPCError.self) {
        try await client.call(.echo, [UInt8](repeating: 0, count: 101), options: options)
      }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.message.contains("101") == true)
    }
  }

  @Test("an answer over the limit is not taken, compressed or not", arguments: [false, true])
  func responseLimit(isCompressed: Bool) async throws {
    let server = EchoServer { $0.compressesResponses = isCompressed }
    try await withEcho(server: server) { client, _ in
      var options = CallOptions.defaults
      options.maxResponseMessageBytes = 5_000
      let fits = try await client.call(.echo, [UInt8](repeating: 0, count: 5_000), options: options)
      #expect(fits.count == 5_000)
      let error = await #expect(throws: RPCError.self) {
        try await client.call(.echo, [UInt8](repeating: 0, count: 5_001), options: options)
      }
      #expect(error?.code == .resourceExhausted)
    }
  }

  // MARK: Back-pressure

  @Test("a reader that stops stops the server; when it goes on, so does the server")
  func readerBackPressure() async throws {
    try await withEcho { client, server in
      try await client.serverStreaming(
        request: ClientRequest(message: [UInt8]([1])),
        descriptor: EchoServer.Method.flood.descriptor,
        serializer: BytesSerializer(),
        deserializer: BytesDeserializer(),
        options: .defaults
      ) { response in
        var messages = response.messages.makeAsyncIterator()
        _ = try await messages.next()
        let stalled = try await settled { server.flooded.withLock { $0 } }
        // Windows, watermarks and our own bound together: far from what a free run would reach.
        #expect(stalled * 10_000 < 2_000_000)
        for _ in 0..<(stalled * 3) { _ = try await messages.next() }
        try await eventually { server.flooded.withLock { $0 > stalled } }
      }
    }
  }

  @Test("a writer waits when the server does not read")
  func writerBackPressure() async throws {
    try await withEcho { client, server in
      let written = Mutex(0)
      let request = StreamingClientRequest<[UInt8]> { writer in
        for _ in 0..<2_000 {
          try await writer.write([UInt8](repeating: 1, count: 10_000))
          written.withLock { $0 += 1 }
        }
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await client.clientStreaming(
            request: request,
            descriptor: EchoServer.Method.hold.descriptor,
            serializer: BytesSerializer(),
            deserializer: BytesDeserializer(),
            options: .defaults
          ) { response in _ = try response.message }
        }
        let stalled = try await settled { written.withLock { $0 } }
        #expect(stalled < 200)
        server.letGo()
        try await group.waitForAll()
      }
    }
  }
}
