import HTTP2
import NIOCore
import NIOPosix
import TLS

/// A client of the gateway that speaks frames, so that a test decides what is sent when.
struct TestClient: Sendable {
  private let peer: NIOLoopBound<Peer>
  private let channel: any Channel

  private var loop: any EventLoop { channel.eventLoop }

  /// - Parameter settled: whether to wait until the connection is open; a refused one never is.
  static func connect(to address: SocketAddress, tls: TLSContextProvider? = nil) async throws -> TestClient {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let peer = try await loop.submit { NIOLoopBound(Peer(), eventLoop: loop) }.get()
    let channel = try await ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try prepare(channel, peer.value, tls) }
      }
      .connect(to: address).get()
    let client = TestClient(peer: peer, channel: channel)
    _ = try await client.when { $0.isOpen || $0.isClosed }
    return client
  }

  private static func prepare(_ channel: any Channel, _ peer: Peer, _ tls: TLSContextProvider?) throws {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = 0
    let handler = try HTTP2ConnectionHandler(
      role: .client, configuration: configuration, timeouts: HTTP2Timeouts(),
      executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop), delegate: peer)
    guard let tls else { return try channel.pipeline.syncOperations.addHandler(handler) }
    try tls.addHandlers(to: channel, host: nil) { channel, result in
      if case .success = result { try? channel.pipeline.syncOperations.addHandler(handler) }
    }
  }

  /// Waits for something to have come.
  @discardableResult
  func when(_ met: @escaping @Sendable (Peer.State) -> Bool) async throws -> Peer.State {
    try await loop.flatSubmit { peer.value.when(met, on: loop) }.get()
  }

  /// Starts a call and sends its head.
  func start(
    _ path: String, _ fields: [(String, String)] = [], contentType: String = "application/grpc",
    method: String = "POST",
    endStream: Bool = false
  ) async throws -> HTTP2StreamID {
    try await loop.submit {
      var head = HeaderBlock()
      head.append(":method", method)
      head.append(":scheme", "http")
      head.append(":path", path)
      head.append(":authority", "test")
      head.append("content-type", contentType)
      head.append("te", "trailers")
      for (name, value) in fields { head.append(name: name, value: value) }
      guard let connection = peer.value.connection else { throw HTTP2Error.connectionClosing }
      return try connection.submitRequest(head, endStream: endStream)
    }.get()
  }

  func send(_ bytes: [UInt8], on stream: HTTP2StreamID, endStream: Bool = false) async throws {
    try await loop.submit {
      _ = peer.value.connection?.write(ByteBuffer(bytes: bytes), to: stream, endStream: endStream)
    }.get()
  }

  func reset(_ stream: HTTP2StreamID) async throws {
    try await loop.submit { peer.value.connection?.reset(stream, .cancel) }.get()
  }

  /// Stops or starts crediting what is received.
  func read(_ reads: Bool) async throws {
    try await loop.submit {
      if reads { peer.value.startReading() } else { peer.value.reads = false }
    }.get()
  }

  /// Bytes of the stream that the other side has not taken yet.
  func queued(on stream: HTTP2StreamID) async throws -> Int {
    try await loop.submit { peer.value.connection?.queuedBytes(stream) ?? 0 }.get()
  }

  /// A whole call: sends the message and waits for the end.
  func call(
    _ path: String, _ fields: [(String, String)] = [], message: [UInt8] = [0, 0, 0, 0, 0]
  ) async throws -> Peer.Received {
    let stream = try await start(path, fields)
    try await send(message, on: stream, endStream: true)
    return try await end(of: stream)
  }

  func end(of stream: HTTP2StreamID) async throws -> Peer.Received {
    let state = try await when { $0.streams[stream]?.hasEnded == true || $0.streams[stream]?.closed != nil }
    return state.streams[stream] ?? Peer.Received()
  }

  func close() async throws {
    try await channel.close().get()
  }
}
