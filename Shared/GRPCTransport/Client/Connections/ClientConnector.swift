internal import HTTP2
internal import NIOCore
internal import NIOPosix
internal import TLS

/// Makes connections: socket, TLS, HTTP/2.
struct ClientConnector: Sendable {
  let group: any EventLoopGroup
  let tls: TLSContextProvider?
  let http2: HTTP2Configuration
  let timeouts: HTTP2Timeouts
  let connectTimeout: Duration
  /// After which an attempt is slow, so that another address may be tried beside it.
  let attemptDelay: Duration

  /// Connects and reports to the channel: `connected` when the server's settings have come, else
  /// `connectFailed`, once.
  ///
  /// - Returns: what closes the socket if the attempt is given up.
  func connect(to address: ResolvedAddress, as id: ConnectionID, for channel: ClientChannel) {
    let limit = TimeAmount(connectTimeout)
    let eventLoop = group.next()
    let attempt = ConnectAttempt(id: id, address: address, channel: channel)
    ClientBootstrap(group: eventLoop)
      .connectTimeout(limit)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try self.configure(channel, attempt) }
      }
      .connect(to: address.address)
      .whenComplete { result in
        switch result {
        case .success(let socket): attempt.opened(socket, limit: limit)
        case .failure(let error): attempt.fail(error, limit: limit)
        }
      }
  }

  private func configure(_ socket: any Channel, _ attempt: ConnectAttempt) throws {
    guard let tls else { return try addHTTP2(to: socket, attempt, diagnosis: nil) }
    let diagnosis = tls.diagnosis()
    try tls.addHandlers(to: socket, host: attempt.address.hostName) { socket, result in
      switch result {
      case .success:
        do {
          try addHTTP2(to: socket, attempt, diagnosis: diagnosis)
        } catch {
          attempt.fail(.http2, "\(error)")
          socket.close(promise: nil)
        }
      case .failure(let error):
        attempt.fail(.tls, error.description)
      }
    }
  }

  private func addHTTP2(
    to socket: any Channel,
    _ attempt: ConnectAttempt,
    diagnosis: TLSFailureDiagnosis?
  ) throws {
    let connection = ClientConnection(
      id: attempt.id,
      address: attempt.address,
      channel: attempt.channel,
      diagnosis: diagnosis
    )
    let handler = try HTTP2ConnectionHandler(
      role: .client,
      configuration: http2,
      timeouts: timeouts,
      executor: EventLoopTaskExecutor(eventLoop: socket.eventLoop),
      delegate: connection
    )
    try socket.pipeline.syncOperations.addHandler(handler)
  }
}

/// One attempt to connect, until the connection can speak for itself.
struct ConnectAttempt: Sendable {
  let id: ConnectionID
  let address: ResolvedAddress
  let channel: ClientChannel

  /// The socket is connected; what follows has the rest of the time.
  func opened(_ socket: any Channel, limit: TimeAmount) {
    guard channel.opened(id, socket) else { return socket.close(promise: nil) }
    let timer = socket.eventLoop.scheduleTask(in: limit) {
      if channel.isConnecting(id) {
        fail(.http2, "the server did not answer within \(limit.text)")
        socket.close(promise: nil)
      }
    }
    socket.closeFuture.whenComplete { _ in
      timer.cancel()
      // Says something only if nothing has been said.
      fail(.connect, "the connection was closed")
    }
  }

  func fail(_ step: ConnectFailure.Step, _ reason: String) {
    channel.connectFailed(id, ConnectFailure(address: address.description, step: step, reason: reason))
  }

  func fail(_ error: any Error, limit: TimeAmount) {
    if case .connectTimeout = error as? ChannelError {
      fail(.connect, "no answer within \(limit.text)")
    } else if let error = error as? IOError {
      fail(.connect, ConnectText.explanation(errno: error.errnoCode) ?? "\(error)")
    } else {
      fail(.connect, "\(error)")
    }
  }
}

extension TimeAmount {
  fileprivate var text: String {
    nanoseconds % 1_000_000_000 == 0 ? "\(nanoseconds / 1_000_000_000) s" : "\(nanoseconds / 1_000_000) ms"
  }
}
