// GatewayServer: the one way into the system and between its services. It owns routing, balancing, the instances'
// health, clients' limits, and the forwarding of gRPC calls frame by frame over HTTP2. It decodes no message but those
// of the two services that it answers itself, health and reflection. It may import HTTP2, TLS, GRPCTransport's wire
// forms, RPC's reflection, Telemetry, Identity, Authorization (to know good tokens), AIP's reasons and ServiceRuntime,
// SwiftNIO, and no other service.
//
// Each event loop is a gateway of its own (``Worker``): a call goes out on a connection of the loop that it came in
// on, so the data path has no lock, no hop and no task. What the loops share is in ``GatewayCore``.

import HTTP2
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceRuntime

/// The running gateway.
final class GatewayServer: Service {
  private let settings: GatewaySettings
  let core: GatewayCore
  private let group: MultiThreadedEventLoopGroup
  private let readiness: Readiness.Check?

  init(settings: GatewaySettings, logger: Logger, readiness: Readiness.Check? = nil) throws(RouteError) {
    self.settings = settings
    self.core = try GatewayCore(settings: settings, workerCount: settings.eventLoops, logger: logger)
    self.group = MultiThreadedEventLoopGroup(numberOfThreads: settings.eventLoops)
    self.readiness = readiness
  }

  /// Listens until the surrounding group is shut down, then lets the calls in progress end.
  /// - Throws: when an address cannot be listened on.
  func run() async throws {
    try await run(onListening: { _ in })
  }

  /// - Parameter onListening: is given the addresses once all listeners are up; a port 0 is a real one there.
  func run(onListening: ([ClientDescription.Listener: SocketAddress]) -> Void) async throws {
    let workers = try await WorkerSet(core: core, group: group)
    let listeners: [ClientDescription.Listener: any Channel]
    do {
      listeners = try await listen(workers)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    onListening(listeners.compactMapValues(\.localAddress))
    reportReadiness()
    await serve()
    core.logger.notice("draining")
    for listener in listeners.values { try? await listener.close() }
    await workers.drain()
    try? await group.shutdownGracefully()
  }

  /// Returns when the gateway is to stop.
  private func serve() async {
    await cancelWhenGracefulShutdown { [core, settings] in
      await withTaskGroup { group in
        for (index, route) in settings.routes.enumerated() where !route.names.isEmpty {
          let resolver = RouteResolver(route: index, fleet: core.fleet, interval: settings.resolveInterval)
          group.addTask { await resolver.run(logger: core.logger) }
        }
        group.addTask { await Self.untilCancelled() }
      }
    }
  }

  private static func untilCancelled() async {
    let (never, _) = AsyncStream.makeStream(of: Never.self)
    for await _ in never {}
  }

  private func listen(_ workers: WorkerSet) async throws -> [ClientDescription.Listener: any Channel] {
    var channels: [ClientDescription.Listener: any Channel] = [:]
    for (kind, listener) in settings.listeners {
      let acceptor = ClientAcceptor(listener: kind, tls: listener.tls, core: core)
      let channel: any Channel
      do {
        channel = try await bootstrap(acceptor, workers).bind(host: listener.host, port: listener.port).get()
      } catch {
        for channel in channels.values { try? await channel.close() }
        throw ListenError(listener: kind.rawValue, host: listener.host, port: listener.port, cause: error)
      }
      channels[kind] = channel
      core.logger.notice(
        "listening",
        metadata: [
          "listener": .string(kind.rawValue), "address": .string(channel.localAddress?.description ?? ""),
          "tls": .stringConvertible(listener.tls != nil),
        ])
    }
    return channels
  }

  private func bootstrap(_ acceptor: ClientAcceptor, _ workers: WorkerSet) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // Small at first: most connections are idle most of the time.
      .childChannelOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: 64 * 1024)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try acceptor.accept(channel, worker: workers.worker(of: channel.eventLoop))
        }
      }
  }

  private func reportReadiness() {
    guard let readiness else { return }
    let report: @Sendable (Fleet) -> Void = { fleet in
      readiness.set(fleet.isServing ? .ready : .notReady(fleet.missingRoutes.joined(separator: ", ")))
    }
    core.fleet.observe { [weak core] _ in
      if let core { report(core.fleet) }
    }
    report(core.fleet)
  }
}
