internal import HTTP2
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import TLS

extension HTTP2ServerTransport {
  func bind(_ shared: ServerShared) async throws -> any Channel {
    let bootstrap = ServerBootstrap(group: self.group)
      .serverChannelOption(.backlog, value: self.configuration.backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [security] channel in
        channel.eventLoop.makeCompletedFuture { try Self.accept(channel, security, shared) }
      }
    switch self.address {
    case .hostname(let host, let port):
      return try await bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .bind(host: host, port: port).get()
    case .unixDomainSocket(let path):
      return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    }
  }

  /// Sets up an accepted channel, on its event loop. Throwing closes it.
  private static func accept(_ channel: any Channel, _ security: Security, _ shared: ServerShared) throws {
    guard shared.registry.admit(limit: shared.configuration.maxConnections) else {
      shared.counters.add(to: .refused)
      throw HTTP2Error.connectionClosing
    }
    shared.counters.add(to: .accepted)
    channel.closeFuture.assumeIsolated().whenComplete { _ in shared.registry.release() }
    switch security {
    case .plaintext: try Self.serve(channel, isSecure: false, peer: nil, shared)
    case .tls(let provider): try Self.secure(channel, provider, shared)
    }
  }

  private static func secure(_ channel: any Channel, _ provider: TLSContextProvider, _ shared: ServerShared) throws {
    let timer = channel.eventLoop.assumeIsolated().scheduleTask(in: shared.configuration.handshakeTimeout) {
      channel.close(promise: nil)
    }
    try provider.addHandlers(to: channel) { channel, result in
      timer.cancel()
      switch result {
      case .success(let session):
        do {
          try Self.serve(channel, isSecure: true, peer: session.peer, shared)
        } catch {
          channel.close(promise: nil)
        }
      case .failure(let error):
        shared.counters.add(to: .handshakesFailed)
        shared.logger.info(
          "a TLS handshake failed",
          metadata: ["peer": "\(describe(channel.remoteAddress))", "error": "\(error)"]
        )
      }
    }
  }

  private static func serve(_ channel: any Channel, isSecure: Bool, peer: PeerCertificate?, _ shared: ServerShared)
    throws
  {
    let executor = shared.executor(of: channel.eventLoop)
    let info = HTTP2ServerConnectionInfo.Connection(id: shared.registry.makeID(), isSecure: isSecure, peer: peer)
    let connection = ServerConnection(shared: shared, executor: executor, info: info, channel: channel)
    let handler = try HTTP2ConnectionHandler(
      role: .server,
      configuration: shared.configuration.http2,
      timeouts: shared.configuration.timeouts,
      executor: executor,
      delegate: connection
    )
    try channel.pipeline.syncOperations.addHandler(handler)
  }
}
