import NIOCore
import NIOPosix
import TLS

/// One real handshake over a loopback connection, seen from both ends.
enum Loopback {
  struct Outcome {
    var server: Result<TLSSession, TLSError>
    var client: Result<TLSSession, TLSError>
  }

  /// - Parameter host: what the client believes to have dialled.
  static func handshake(
    server: TLSContextProvider,
    client: TLSContextProvider,
    host: String? = "localhost",
    requiredProtocol: String? = "h2"
  ) async throws -> Outcome {
    let group = MultiThreadedEventLoopGroup.singleton
    let loop = group.next()
    let serverSide = loop.makePromise(of: Result<TLSSession, TLSError>.self)
    let clientSide = loop.makePromise(of: Result<TLSSession, TLSError>.self)
    // A promise that is kept already is not changed; one that nobody will keep any more must not be left.
    defer {
      serverSide.fail(ChannelError.ioOnClosedChannel)
      clientSide.fail(ChannelError.ioOnClosedChannel)
    }
    let listener = try await ServerBootstrap(group: loop)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try server.addHandlers(to: channel, requiredProtocol: requiredProtocol) { _, result in
            serverSide.succeed(result)
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let connection = try await ClientBootstrap(group: loop)
      .connectTimeout(.minutes(1))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try client.addHandlers(to: channel, host: host, requiredProtocol: requiredProtocol) { _, result in
            clientSide.succeed(result)
          }
        }
      }
      .connect(to: listener.localAddress!).get()
    let outcome = Outcome(
      server: try await serverSide.futureResult.get(),
      client: try await clientSide.futureResult.get()
    )
    try? await connection.close()
    try await listener.close()
    return outcome
  }

  /// What a client is told by a server that `serve` sets up, which need not speak TLS.
  static func handshake(
    client: TLSContextProvider,
    serve: @escaping @Sendable (any Channel) throws -> Void
  ) async throws -> Result<TLSSession, TLSError> {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let result = loop.makePromise(of: Result<TLSSession, TLSError>.self)
    defer { result.fail(ChannelError.ioOnClosedChannel) }
    let listener = try await ServerBootstrap(group: loop)
      .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try serve(channel) } }
      .bind(host: "127.0.0.1", port: 0).get()
    let connection = try await ClientBootstrap(group: loop)
      .connectTimeout(.minutes(1))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try client.addHandlers(to: channel, host: "localhost") { _, outcome in result.succeed(outcome) }
        }
      }
      .connect(to: listener.localAddress!).get()
    let outcome = try await result.futureResult.get()
    try? await connection.close()
    try await listener.close()
    return outcome
  }
}

extension Result where Failure == TLSError {
  var code: TLSError.Code? {
    if case .failure(let error) = self { error.code } else { nil }
  }

  var text: String {
    if case .failure(let error) = self { error.description } else { "" }
  }
}
