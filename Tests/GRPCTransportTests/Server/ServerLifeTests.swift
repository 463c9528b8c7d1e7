import GRPCCore
import NIOCore
import Synchronization
import Testing

@testable import GRPCTransport
@testable import HTTP2

@Suite("Server: deadlines, cancellation, flow control, shutdown", .timeLimit(.minutes(1)))
struct ServerLifeTests {
  @Test("an RPC whose time is up is answered DEADLINE_EXCEEDED, and its handler cancelled")
  func deadline() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let content = framed([1])
      let id = try await client.open(.call(.echo, ["grpc-timeout": "50m"]), content: content)
      try await eventually { try await client.response(id).reason != nil }
      #expect(try await client.response(id).grpcStatus == "4")
      try await eventually { server.cancelled.withLock { $0 } == 1 }
      #expect(server.transport.counters.snapshot().deadlinesExceeded == 1)
    }
  }

  @Test("the earliest deadline counts, whatever the order of calls")
  func deadlines() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let late = try await client.open(.call(.echo, ["grpc-timeout": "1H"]))
      let early = try await client.open(.call(.echo, ["grpc-timeout": "30m"]))
      let next = try await client.open(.call(.echo, ["grpc-timeout": "60m"]))
      try await eventually { try await client.response(next).reason != nil }
      #expect(try await client.response(early).grpcStatus == "4")
      #expect(try await client.response(next).grpcStatus == "4")
      #expect(try await client.response(late).reason == nil)
    }
  }

  @Test("a reset by the client cancels the handler")
  func reset() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let id = try await client.open(.call(.echo), content: framed([1]))
      try await eventually { try await client.response(id).content.isEmpty == false }
      try await client.onLoop { $0.reset(id, .cancel) }
      try await eventually { server.cancelled.withLock { $0 } == 1 }
      #expect(server.transport.counters.snapshot().rpcsCancelled == 1)
    }
  }

  @Test("a lost connection cancels its handlers")
  func lostConnection() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      for _ in 0..<3 { _ = try await client.open(.call(.echo)) }
      try await eventually { server.callCount == 3 }
      try await client.channel.close()
      try await eventually { server.cancelled.withLock { $0 } == 3 }
      try await eventually { server.transport.counters.snapshot().connectionsOpen == 0 }
    }
  }

  @Test("a writer waits for a client that does not read")
  func outboundBackPressure() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server, window: 65_535, reads: false)
      let id = try await client.open(.call(.flood), content: framed([1]))
      let written = try await settled { server.flooded.withLock { $0 } }
      // The client's window, the stream's watermark, and a message.
      #expect(written * 10_000 <= 65_535 + 64 * 1024 + 20_000)
      try await client.onLoop { $0.reset(id, .cancel) }
      try await eventually { server.cancelled.withLock { $0 } == 1 }
    }
  }

  @Test("a client waits for a handler that does not read")
  func inboundBackPressure() async throws {
    let server = EchoServer { $0.http2.initialStreamWindow = 100_000 }
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let messages = [[UInt8]](repeating: [UInt8](repeating: 1, count: 10_000), count: 100)
      let id = try await client.open(.call(.hold), content: messages.flatMap { framed($0) })
      try await eventually { server.callCount == 1 }
      let queued = try await settled { try await client.onLoop { $0.queuedBytes(id) } }
      #expect(queued > 800_000)
      server.letGo()
      try await eventually { try await client.response(id).reason != nil }
      #expect(try await client.response(id).grpcStatus == "0")
    }
  }

  @Test("a graceful shutdown lets RPCs end and takes no new ones")
  func gracefulShutdown() async throws {
    let server = EchoServer()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      let client = try await RawClient.connect(to: server)
      let id = try await client.open(.call(.hold), content: framed([5]), endStream: true)
      try await eventually { server.callCount == 1 }
      server.transport.beginGracefulShutdown()
      try await eventually { try await client.onLoop { $0.delegate.goAways.count } == 2 }
      #expect(try await client.onLoop { $0.canStartStreams } == false)
      server.letGo()
      // Returns only when the connection has ended.
      try await group.waitForAll()
      try await eventually { try await client.response(id).reason != nil }
      let response = try await client.response(id)
      #expect(try response.messages.map(\.bytes) == [[5]])
      #expect(response.grpcStatus == "0")
    }
  }

  @Test("RPCs that outlast the grace are cancelled")
  func shutdownDeadline() async throws {
    let server = EchoServer { $0.shutdownGrace = .milliseconds(20) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      let client = try await RawClient.connect(to: server)
      let id = try await client.open(.call(.echo))
      try await eventually { server.callCount == 1 }
      server.transport.beginGracefulShutdown()
      try await group.waitForAll()
      #expect(server.cancelled.withLock { $0 } == 1)
      try await eventually { try await client.response(id).reason != nil }
    }
  }

  @Test("connections beyond the limit are closed")
  func connectionLimit() async throws {
    let server = EchoServer { $0.maxConnections = 1 }
    try await withServers(server) {
      let first = try await RawClient.connect(to: server)
      #expect(try await first.call(.call(), content: framed([1])).grpcStatus == "0")
      let second = try await RawClient.connect(to: server)
      try await second.channel.closeFuture.get()
      try await eventually { server.transport.counters.snapshot().connectionsRefused == 1 }
      try await first.channel.close()
      try await eventually { server.transport.counters.snapshot().connectionsOpen == 0 }
      let third = try await RawClient.connect(to: server)
      #expect(try await third.call(.call(), content: framed([1])).grpcStatus == "0")
    }
  }

  @Test("streams beyond the limit wait with the client")
  func streamLimit() async throws {
    let server = EchoServer { $0.http2.maxConcurrentStreams = 2 }
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      #expect(try await client.call(.call(), content: framed([1])).grpcStatus == "0")
      for _ in 0..<5 { _ = try await client.open(.call(.hold), content: framed([1]), endStream: true) }
      try await eventually { server.callCount == 3 }
      // The server has read all that was sent before the ping that it answers: nothing more is on its way.
      try await client.onLoop { $0.ping(1) }
      try await eventually { try await client.onLoop { $0.delegate.pongs == [1] } }
      #expect(server.callCount == 3)
      server.letGo()
      try await eventually { server.callCount == 6 }
    }
  }

  @Test("a client that floods is told to calm down, and counted")
  func flood() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      for number in 0..<500 {
        guard try await client.onLoop({ $0.isActive }) else { break }
        try await client.onLoop { handler in handler.ping(UInt64(number)) }
      }
      try await client.channel.closeFuture.get()
      #expect(try await client.onLoop { $0.delegate.goAways.contains(.enhanceYourCalm) })
      try await eventually { server.transport.counters.snapshot().connectionsFailed == 1 }
    }
  }

  @Test("the address of a server that could not bind is an error, and so is its listening")
  func bindFailure() async throws {
    let first = EchoServer()
    try await withServers(first) {
      let second = EchoServer(port: try await first.port)
      await #expect(throws: (any Error).self) { try await second.run() }
      await #expect(throws: (any Error).self) { _ = try await second.transport.listeningAddress }
    }
  }
}
