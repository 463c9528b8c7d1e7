import GRPCCore
import HTTP2
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import GRPCTransport

@Suite("Client: sending again", .timeLimit(.minutes(1)))
struct SendingAgainTests {
  private func withScript<Value: Sendable>(
    configure: @Sendable (inout HTTP2ClientConfiguration) -> Void = { _ in },
    _ script: @escaping ScriptedServer.Script,
    body: @Sendable (GRPCClient<HTTP2ClientTransport>, ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let server = ScriptedServer(script)
    let port = try await server.start()
    defer { server.stop() }
    return try await withClient(.host("127.0.0.1", port: port), configure: configure) { client in
      try await body(client, server)
    }
  }

  @Test("a refused stream is sent once more without the caller noticing")
  func refusedOnce() async throws {
    try await withScript { request in
      if request.number == 1 { request.refuse() } else { request.answer([7]) }
    } body: { client, server in
      let answer = try await client.call(.echo, [UInt8](repeating: 1, count: 100_000))
      #expect(answer == [7])
      #expect(server.requests.withLock { $0 } == 2)
    }
  }

  @Test("a server that refuses twice is believed")
  func refusedTwice() async throws {
    try await withScript {
      $0.refuse()
    } body: { client, server in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      #expect(server.requests.withLock { $0 } == 2)
    }
  }

  @Test("a stream beyond the last one of a GOAWAY goes to the next connection")
  func goAwayWithout() async throws {
    try await withScript { request in
      if request.connectionNumber == 1 { request.leaveWithout() } else { request.answer([8]) }
    } body: { client, server in
      let answer = try await client.call(.echo, [1])
      #expect(answer == [8])
      #expect(server.requests.withLock { $0 } == 2)
    }
  }

  @Test("a call that the server may have processed is not sent again")
  func notRepeated() async throws {
    try await withScript {
      $0.hangUp()
    } body: { client, server in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("was lost") == true)
      #expect(server.requests.withLock { $0 } == 1)
    }
  }

  @Test("a lost connection fails the call that was under way, not the next ones")
  func lostConnection() async throws {
    try await withScript { request in
      if request.number == 1 { request.hangUp() } else { request.answer([2]) }
    } body: { client, server in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      let answer = try await client.call(.echo, options: .waiting())
      #expect(answer == [2])
      #expect(server.requests.withLock { $0 } == 2)
    }
  }

  @Test("more than the limit is not kept for sending again")
  func tooLargeToKeep() async throws {
    try await withScript(configure: { $0.replayBytes = 1_000 }) { request in
      if request.number == 1 {
        // The body must have been sent: refuse after the windows have taken it.
        request.connection.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { request.refuse() }
      } else {
        request.answer([1])
      }
    } body: { client, server in
      let error = await #expect(throws: RPCError.self) {
        try await client.call(.echo, [UInt8](repeating: 1, count: 10_000))
      }
      #expect(error?.code == .unavailable)
      #expect(server.requests.withLock { $0 } == 1)
    }
  }

  @Test("GRPCCore's retries, from the service config")
  func retryPolicy() async throws {
    try await withScript(configure: { configuration in
      let policy = RetryPolicy(
        maxAttempts: 4,
        initialBackoff: .milliseconds(1),
        maxBackoff: .milliseconds(5),
        backoffMultiplier: 1.5,
        retryableStatusCodes: [.unavailable]
      )
      configuration.serviceConfig = ServiceConfig(
        methodConfig: [
          MethodConfig(names: [MethodConfig.Name(service: "")], executionPolicy: .retry(policy))
        ]
      )
    }) { request in
      if request.number < 4 { request.hangUp() } else { request.answer([6]) }
    } body: { client, server in
      let answer = try await client.call(.echo, options: .waiting())
      #expect(answer == [6])
      #expect(server.requests.withLock { $0 } == 4)
    }
  }

  @Test("calls made on the connection's own event loop")
  func onTheLoop() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let server = EchoServer()
    try await withServers(server) {
      let transport = HTTP2ClientTransport(
        target: .host("127.0.0.1", port: try await server.port),
        eventLoopGroup: group,
        logger: Logger(label: "client")
      )
      let client = GRPCClient(transport: transport)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await client.runConnections() }
        let loop = group.next()
        let executor = try await loop.submit { EventLoopTaskExecutor(eventLoop: loop) }.get()
        for number in 0..<20 {
          let answer = try await withTaskExecutorPreference(executor) {
            try await client.call(.echo, [UInt8](repeating: 3, count: number * 1_000))
          }
          #expect(answer.count == number * 1_000)
        }
        client.beginGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
    try await group.shutdownGracefully()
  }
}
