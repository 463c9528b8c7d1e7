package import GRPCCore
package import Logging
package import NIOCore
internal import NIOPosix
internal import Synchronization
package import TLS

/// GRPCCore's server transport over HTTP/2.
///
/// Each RPC runs as a task on its connection's event loop, so handlers must not block or compute for
/// long there. The transport keeps deadlines itself (see ``HTTP2ServerConnectionInfo/deadline``),
/// returns flow-control credit only for messages that handlers have read, and suspends writers above
/// their stream's watermark.
package final class HTTP2ServerTransport: ServerTransport {
  package typealias Bytes = [UInt8]

  package enum Security: Sendable {
    /// Cleartext with prior knowledge (RFC 9113 section 3.3).
    case plaintext
    /// TLS with ALPN `h2`; client certificates as the provider's configuration asks.
    case tls(TLSContextProvider)
  }

  enum State {
    case idle
    case listening(any Channel, ServerShared)
    case stopping
  }

  let address: HTTP2ServerAddress
  let security: Security
  let configuration: HTTP2ServerTransportConfiguration
  let group: any EventLoopGroup
  let logger: Logger
  package let counters = HTTP2ServerCounters()
  private let state = Mutex(State.idle)
  private let bound: EventLoopPromise<SocketAddress>

  /// - Parameters:
  ///   - eventLoopGroup: Its loops carry connections and RPCs. By default NIO's own, one loop per core.
  ///   - logger: Told of failed handshakes and misbehaving peers.
  package init(
    address: HTTP2ServerAddress,
    security: Security,
    configuration: HTTP2ServerTransportConfiguration = HTTP2ServerTransportConfiguration(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger
  ) {
    self.address = address
    self.security = security
    self.configuration = configuration
    self.group = eventLoopGroup
    self.logger = logger
    self.bound = eventLoopGroup.any().makePromise()
  }

  deinit {
    self.bound.fail(ChannelError.ioOnClosedChannel)
  }

  /// The address bound, once ``listen(streamHandler:)`` has bound it.
  /// - Throws: The error of binding.
  package var listeningAddress: SocketAddress {
    get async throws { try await self.bound.futureResult.get() }
  }

  /// Serves until the transport has been shut down, or its task is cancelled, which closes all
  /// connections at once.
  ///
  /// - Throws: If the address cannot be bound.
  package func listen(
    streamHandler: @escaping @concurrent @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    let shared = ServerShared(
      configuration: self.configuration,
      counters: self.counters,
      logger: self.logger,
      handler: streamHandler
    )
    let channel = try await self.bindAndReport(shared)
    guard self.startListening(channel, shared) else {
      return try await channel.close()
    }
    await withTaskCancellationHandler {
      try? await channel.closeFuture.get()
      await shared.registry.waitUntilEmpty()
    } onCancel: {
      channel.close(promise: nil)
      for entry in shared.registry.beginStopping() { entry.onLoop { $0.stop() } }
    }
  }

  private func bindAndReport(_ shared: ServerShared) async throws -> any Channel {
    do {
      let channel = try await self.bind(shared)
      if let address = channel.localAddress { self.bound.succeed(address) }
      return channel
    } catch {
      self.bound.fail(error)
      throw error
    }
  }

  private func startListening(_ channel: any Channel, _ shared: ServerShared) -> Bool {
    self.state.withLock { state in
      guard case .idle = state else { return false }
      state = .listening(channel, shared)
      return true
    }
  }

  /// Stops accepting; connections are told, and close when their RPCs have ended or the configured
  /// time has passed.
  package func beginGracefulShutdown() {
    let previous = self.state.withLock { state in
      defer { state = .stopping }
      return state
    }
    guard case .listening(let channel, let shared) = previous else { return }
    channel.close(promise: nil)
    for entry in shared.registry.beginDraining() { entry.onLoop { $0.shutDown() } }
  }
}
