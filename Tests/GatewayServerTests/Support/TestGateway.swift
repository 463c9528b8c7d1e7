import Logging
import NIOCore
import TLS

@testable import GatewayServer

/// A running gateway in a test.
struct TestGateway: Sendable {
  let core: GatewayCore
  let addresses: [ClientDescription.Listener: SocketAddress]
  /// Begins the shutdown; ``withGateway(_:_:)`` waits for its end.
  let stop: @Sendable () -> Void

  func client(
    _ listener: ClientDescription.Listener = .public, tls: TLSContextProvider? = nil
  ) async throws -> TestClient {
    guard let address = addresses[listener] else { throw ChannelError.unknownLocalAddress }
    return try await TestClient.connect(to: address, tls: tls)
  }

  /// Waits until the route has this many instances that take calls.
  func available(_ count: Int, of route: Int = 0) async {
    let (changes, continuation) = AsyncStream.makeStream(of: Void.self)
    core.fleet.observe { _ in continuation.yield() }
    continuation.yield()
    for await _ in changes where core.fleet.availableCount(of: route) == count { return }
  }
}

extension GatewaySettings {
  /// Plaintext on a free port, one event loop, brisk clocks, no access log.
  static func test(_ routes: String...) throws -> GatewaySettings {
    var settings = GatewaySettings()
    settings.listeners[.public] = Listener(host: "127.0.0.1", port: 0, tls: nil)
    settings.routes = try Route.parse(routes)
    settings.health.probeInterval = .milliseconds(20)
    settings.shutdownGrace = .milliseconds(200)
    return settings
  }
}

extension Logger {
  /// Only what no test should cause.
  static var quiet: Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
  }
}

/// Runs a gateway around the body and shuts it down afterwards.
func withGateway<Result: Sendable>(
  _ settings: GatewaySettings, logger: Logger = .quiet, _ body: (TestGateway) async throws -> Result
) async throws -> Result {
  let server = try GatewayServer(settings: settings, logger: logger)
  return try await withThrowingTaskGroup { group in
    let (listening, continuation) = AsyncStream.makeStream(of: [ClientDescription.Listener: SocketAddress].self)
    let (stopping, stop) = AsyncStream.makeStream(of: Void.self)
    group.addTask {
      defer { continuation.finish() }
      try await withThrowingTaskGroup { running in
        running.addTask { try await server.run { continuation.yield($0) } }
        running.addTask { for await _ in stopping { return } }
        // Whichever ends first ends the other; the gateway then drains.
        try await running.next()
        running.cancelAll()
        try await running.waitForAll()
      }
    }
    var iterator = listening.makeAsyncIterator()
    guard let addresses = await iterator.next() else {
      try await group.waitForAll()
      throw ChannelError.unknownLocalAddress
    }
    let result = try await body(TestGateway(core: server.core, addresses: addresses, stop: { stop.yield() }))
    stop.yield()
    try await group.waitForAll()
    return result
  }
}

/// Runs instances around the body and stops them afterwards.
func withUpstreams<Result>(
  _ upstreams: TestUpstream..., body: ([Int]) async throws -> Result
) async throws -> Result {
  var ports: [Int] = []
  for upstream in upstreams { ports.append(try await upstream.start()) }
  do {
    let result = try await body(ports)
    for upstream in upstreams { try await upstream.stop() }
    return result
  } catch {
    for upstream in upstreams { try? await upstream.stop() }
    throw error
  }
}
