import GRPCCore
import HTTP2
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import GRPCTransport

@Suite("Client: connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
  private func target(_ servers: EchoServer...) async throws -> ClientTarget {
    var endpoints: [ClientEndpoint] = []
    for server in servers { endpoints.append(.host("127.0.0.1", port: try await server.port)) }
    return try #require(ClientTarget(endpoints))
  }

  /// Serves on a socket, which may be done again and again.
  private func withServer<Value: Sendable>(
    at path: String,
    body: @Sendable (EchoServer) async throws -> Value
  ) async throws -> Value {
    let server = EchoServer(socket: path)
    return try await withServers(server) {
      _ = try await server.transport.listeningAddress
      return try await body(server)
    }
  }

  // MARK: Failing and waiting

  @Test("nothing listens: the call fails at once and says what was tried")
  func refused() async throws {
    // Port 1 belongs to a service that nobody runs.
    try await withClient(.host("127.0.0.1", port: 1)) { client in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("127.0.0.1:1:") == true)
      #expect(error?.message.contains("connection refused") == true)
    }
  }

  @Test("an unknown name: the call says so")
  func unknownName() async throws {
    try await withClient(.host("cases.invalid", port: 1)) { client in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("cases.invalid:1: name resolution failed") == true)
    }
  }

  @Test("a missing socket: the call says so")
  func missingSocket() async throws {
    try await withClient(.unixSocket(path: "/tmp/vigil-nowhere.sock")) { client in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.message.contains("unix:/tmp/vigil-nowhere.sock") == true)
      #expect(error?.message.contains("nothing listens there") == true, "\(error?.message ?? "")")
    }
  }

  @Test("an address that takes connections and says nothing does not hold up a call that another would answer")
  func slowAddress() async throws {
    // The system accepts for it; nobody speaks HTTP/2 there.
    let silent = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: 0).get()
    let server = EchoServer()
    try await withServers(server) {
      let port = try #require(silent.localAddress?.port)
      let serverPort = try await server.port
      let target = try ClientTarget(parsing: "127.0.0.1:\(port),127.0.0.1:\(serverPort)")
      try await withClient(
        target,
        configure: {
          $0.balancing = .pickFirst()
          $0.connectTimeout = .seconds(3600)
          $0.attemptDelay = .milliseconds(10)
        }
      ) { client in
        let answer = try await client.call(.echo, [7])
        #expect(answer == [7])
      }
    }
    try await silent.close()
  }

  @Test("a call that waits for readiness is made once the server is there")
  func waitForReady() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("echo")
    try await withClient(.unixSocket(path: path)) { client in
      let drill = Drill()
      async let waiting: Void = {
        let answer = try await client.call(.echo, [7], options: .waiting())
        #expect(answer == [7])
        drill.end()
      }()
      // The first attempt has failed by the time that this call has.
      await #expect(throws: RPCError.self) { try await client.call(.echo) }
      try await withServer(at: path) { _ in try await eventually { drill.isOver } }
      try await waiting
    }
  }

  @Test("a waiting call's deadline and its cancellation are kept")
  func waitingEnds() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("echo")
    try await withClient(.unixSocket(path: path)) { client in
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try await client.call(.echo, options: .waiting()) }
        group.cancelAll()
        let result = await group.nextResult()
        #expect(throws: (any Error).self) { try result?.get() }
      }
      let error = await #expect(throws: RPCError.self) {
        try await client.call(.echo, options: .waiting(timeout: .milliseconds(50)))
      }
      #expect(error?.code == .deadlineExceeded)
    }
  }

  @Test("something that is not HTTP/2 is told apart from nothing")
  func notHTTP2() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("hang-up")
    let listener = try await HangUpListener(path: path)
    try await withClient(.unixSocket(path: path)) { client in
      let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("HTTP/2") == true)
    }
    try await listener.close()
  }

  // MARK: Coming back

  @Test("after the server's restart calls go on")
  func restart() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("echo")
    try await withClient(.unixSocket(path: path)) { client in
      for round in UInt8(0)..<3 {
        try await withServer(at: path) { _ in
          let answer = try await client.call(.echo, [round], options: .waiting())
          #expect(answer == [round])
        }
        try await eventually {
          await (try? client.call(.echo)) == nil
        }
      }
    }
  }

  // MARK: Going away

  @Test("no call is lost when one instance after the other is restarted")
  func rollingRestart() async throws {
    let folder = try TemporaryFolder()
    let paths = [folder.file("one"), folder.file("two")]
    let target = try #require(ClientTarget(paths.map { .unixSocket(path: $0) }))
    for policy in [LoadBalancingPolicy.pickFirst(), .roundRobin, .leastRequest] {
      try await withClient(target, configure: { $0.balancing = policy }) { client in
        let drill = Drill()
        try await withThrowingTaskGroup(of: Void.self) { servers in
          for path in paths { servers.addTask { try await serveInTurns(at: path, drill) } }
          try await withThrowingTaskGroup(of: Void.self) { callers in
            for _ in 0..<8 { callers.addTask { try await callInTurns(client) } }
            try await callers.waitForAll()
          }
          // Not before the last call: one that waits for a server would wait for ever.
          drill.end()
          try await servers.waitForAll()
        }
      }
    }
  }

  private func callInTurns(_ client: GRPCClient<HTTP2ClientTransport>) async throws {
    for number in 0..<250 {
      let message = [UInt8](repeating: 1, count: number)
      let answer = try await client.call(.echo, message, options: .waiting())
      #expect(answer == message)
    }
  }

  /// A server that shuts down gracefully after every few hundred calls and comes back.
  private func serveInTurns(at path: String, _ drill: Drill) async throws {
    while !drill.isOver {
      let server = EchoServer(socket: path)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        _ = try await server.transport.listeningAddress
        while server.callCount < 150, !drill.isOver { try await Task.sleep(for: .milliseconds(1)) }
        server.transport.beginGracefulShutdown()
        try await group.waitForAll()
      }
    }
  }

  @Test("a call under way when the server begins to leave is finished there")
  func goAwayDuringCall() async throws {
    let server = EchoServer()
    try await withServers(server) {
      try await withClient(target(server)) { client in
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
          group.addTask { try await client.call(.hold, [9]) }
          try await eventually { server.callCount == 1 }
          server.transport.beginGracefulShutdown()
          server.letGo()
          let answer = try await group.next()
          #expect(answer == [9])
        }
      }
    }
  }

  @Test("connections that the server ends for their age are replaced without a failed call")
  func ageing() async throws {
    let server = EchoServer { $0.timeouts.maxAge = .milliseconds(20) }
    try await withServers(server) {
      try await withClient(target(server)) { client in
        let accepted = Mutex(Set<String>())
        while accepted.withLock({ $0.count }) < 5 {
          let local = try await client.localPeer()
          accepted.withLock { _ = $0.insert(local) }
        }
      }
    }
  }

  // MARK: Balancing

  @Test("round-robin takes turns, pick-first stays, least-request spreads")
  func balancing() async throws {
    let (one, two, three) = (EchoServer(), EchoServer(), EchoServer())
    try await withServers(one, two, three) {
      let target = try await target(one, two, three)
      try await withClient(target, configure: { $0.balancing = .roundRobin }) { client in
        // All three are connected once each has been called.
        while [one, two, three].contains(where: { $0.callCount == 0 }) { _ = try await client.call(.echo) }
        let before = [one, two, three].map(\.callCount)
        for _ in 0..<30 { _ = try await client.call(.echo) }
        #expect(zip([one, two, three], before).allSatisfy { $0.callCount - $1 == 10 })
      }
      try await withClient(target) { client in
        let before = [one, two, three].map(\.callCount)
        for _ in 0..<30 { _ = try await client.call(.echo) }
        #expect(zip([one, two, three], before).map { $0.callCount - $1 }.sorted() == [0, 0, 30])
      }
      try await withClient(target, configure: { $0.balancing = .leastRequest }) { client in
        let before = [one, two, three].map(\.callCount)
        while zip([one, two, three], before).contains(where: { $0.callCount == $1 }) {
          _ = try await client.call(.echo)
        }
      }
    }
  }

  // MARK: Ending

  @Test("an idle connection is closed, and made again for the next call")
  func idle() async throws {
    let server = EchoServer()
    try await withServers(server) {
      try await withClient(target(server), configure: { $0.timeouts.idle = .milliseconds(300) }) { client in
        let first = try await client.localPeer()
        try await eventually { server.transport.counters.snapshot().connectionsOpen == 0 }
        let second = try await client.localPeer()
        #expect(first != second)
      }
    }
  }

  @Test("a graceful shutdown lets calls finish and takes no new ones")
  func shutdown() async throws {
    let server = EchoServer()
    try await withServers(server) {
      try await withClient(target(server)) { client in
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
          group.addTask { try await client.call(.hold, [3]) }
          try await eventually { server.callCount == 1 }
          client.beginGracefulShutdown()
          await #expect(throws: (any Error).self) { try await client.call(.echo) }
          server.letGo()
          let answer = try await group.next()
          #expect(answer == [3])
        }
      }
    }
  }

  @Test("cancelling the client's task ends its calls")
  func abort() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let transport = HTTP2ClientTransport(target: try await target(server), logger: Logger(label: "client"))
      let client = GRPCClient(transport: transport)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await client.runConnections() }
        try await withThrowingTaskGroup(of: Void.self) { calls in
          calls.addTask {
            await #expect(throws: RPCError.self) { try await client.call(.linger) }
          }
          try await eventually { server.callCount == 1 }
          group.cancelAll()
          try await calls.waitForAll()
        }
      }
    }
  }
}

/// What the tasks of a drill share.
private final class Drill: Sendable {
  private let over = Mutex(false)

  var isOver: Bool { over.withLock { $0 } }

  func end() { over.withLock { $0 = true } }
}

extension CallOptions {
  static func waiting(timeout: Duration? = nil) -> CallOptions {
    var options = CallOptions.defaults
    options.waitForReady = true
    options.timeout = timeout
    return options
  }
}
