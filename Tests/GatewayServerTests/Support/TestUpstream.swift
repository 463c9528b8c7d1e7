import FoundationEssentials
import GRPCReflectionAPI
import HTTP2
import NIOCore
import NIOPosix
import SwiftProtobuf
import Synchronization

/// An instance of a service that does as a test tells it, method by method: `/test.Service/Echo` and so on.
final class TestUpstream: Sendable {
  /// How the method of a call is answered.
  enum Method: String, Sendable {
    /// Content goes back as it comes, and the end with it.
    case echo = "Echo"
    /// No answer.
    case hold = "Hold"
    /// Content is taken and not credited; no answer.
    case ignore = "Ignore"
    /// RST_STREAM with REFUSED_STREAM.
    case refuse = "Refuse"
    /// RST_STREAM with INTERNAL_ERROR.
    case fail = "Fail"
    /// The connection is closed.
    case drop = "Drop"
    /// As much content as the client takes, up to 8 MiB.
    case flood = "Flood"
    /// Trailers before the request has ended.
    case early = "Early"
  }

  /// What it does regardless of the method called, for all calls but health checks.
  struct Script: Sendable {
    var always: Method?
    var isServing = true
    var hasHealth = true
    var maxConcurrentStreams: UInt32 = 100
    /// What reflection lists, and in which version of that service.
    var services: [String] = []
    var reflectionVersion = "v1"
  }

  static let floodSize = 8 * 1024 * 1024

  private let script: Mutex<Script>
  private let peers = Mutex<[NIOLoopBound<Peer>]>([])
  private let received = Mutex<[HeaderBlock]>([])
  private let channel = Mutex<(any Channel)?>(nil)
  private let joined: AsyncStream<HeaderBlock>
  private let join: AsyncStream<HeaderBlock>.Continuation

  init(_ script: Script = Script()) {
    self.script = Mutex(script)
    (joined, join) = AsyncStream.makeStream()
  }

  /// Listens, by default on a free port.
  func start(port: Int = 0) async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture { try accept(channel) }
      }
      .bind(host: "127.0.0.1", port: port).get()
    self.channel.withLock { $0 = channel }
    return channel.localAddress?.port ?? 0
  }

  /// Stops listening and closes every connection.
  func stop() async throws {
    if let channel = channel.withLock({ $0.take() }) { try await channel.close().get() }
    for peer in peers.withLock({ $0 }) {
      try await peer.eventLoop.submit { peer.value.connection?.fail(.connectionClosing) }.get()
    }
  }

  func update(_ change: (inout Script) -> Void) {
    script.withLock { change(&$0) }
  }

  /// The heads of all calls so far but health checks.
  var calls: [HeaderBlock] { received.withLock { $0 } }
  var connectionCount: Int { peers.withLock { $0.count } }

  /// Waits for the next call.
  func nextCall() async -> HeaderBlock? {
    var iterator = joined.makeAsyncIterator()
    return await iterator.next()
  }

  /// Waits until something has come on any of its connections.
  func when(_ met: @escaping @Sendable (Peer.State) -> Bool) async throws -> Peer.State {
    let peers = peers.withLock { $0 }
    return try await withThrowingTaskGroup { group in
      for peer in peers {
        let loop = peer.eventLoop
        group.addTask { try await loop.flatSubmit { peer.value.when(met, on: loop) }.get() }
      }
      guard let state = try await group.next() else { throw HTTP2Error.connectionClosing }
      group.cancelAll()
      return state
    }
  }

  /// Credits everything received and not credited so far.
  func startReading() async throws {
    for peer in peers.withLock({ $0 }) {
      try await peer.eventLoop.submit { peer.value.startReading() }.get()
    }
  }

  /// Bytes that wait for the gateway to take them.
  func queued() async throws -> Int {
    var sum = 0
    for peer in peers.withLock({ $0 }) {
      sum += try await peer.eventLoop.submit {
        peer.value.state.order.reduce(0) { $0 + (peer.value.connection?.queuedBytes($1) ?? 0) }
      }.get()
    }
    return sum
  }

  // MARK: Connections

  private func accept(_ channel: any Channel) throws {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = script.withLock { $0.maxConcurrentStreams }
    configuration.initialStreamWindow = 65_535
    let peer = Peer { [self] peer, connection, event in react(peer, connection, event) }
    let handler = try HTTP2ConnectionHandler(
      role: .server, configuration: configuration, timeouts: HTTP2Timeouts(),
      executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop), delegate: peer)
    peers.withLock { $0.append(NIOLoopBound(peer, eventLoop: channel.eventLoop)) }
    try channel.pipeline.syncOperations.addHandler(handler)
  }

  private func react(_ peer: Peer, _ connection: HTTP2ConnectionHandler<Peer>, _ event: HTTP2Event) {
    switch event {
    case .headers(let id, let head, let endStream):
      if head[":path"] == "/grpc.health.v1.Health/Check" { return health(connection, id) }
      if head[":path"]?.hasPrefix("/grpc.reflection.") == true { return }
      received.withLock { $0.append(head) }
      join.yield(head)
      begin(method(of: head), peer, connection, id, endStream)
    case .data(let id, let bytes, let endStream):
      guard let head = peer.state.streams[id]?.head else { return }
      if head[":path"]?.hasPrefix("/grpc.reflection.") == true { return reflect(connection, id, peer, head) }
      guard method(of: head) == .echo else { return }
      connection.write(bytes, to: id)
      if endStream { end(connection, id) }
    default: break
    }
  }

  private func method(of head: HeaderBlock) -> Method? {
    script.withLock { $0.always } ?? head[":path"]?.split(separator: "/").last.flatMap { Method(rawValue: String($0)) }
  }

  private func begin(
    _ method: Method?, _ peer: Peer, _ connection: HTTP2ConnectionHandler<Peer>, _ id: HTTP2StreamID, _ ended: Bool
  ) {
    switch method {
    case .echo:
      connection.submitResponse(Self.head, to: id, endStream: false)
      if ended { end(connection, id) }
    case .flood:
      connection.submitResponse(Self.head, to: id, endStream: false)
      connection.write(ByteBuffer(repeating: 7, count: Self.floodSize), to: id)
      end(connection, id)
    case .early:
      connection.submitResponse(Self.head, to: id, endStream: false)
      end(connection, id)
    case .ignore: peer.reads = false
    case .hold: break
    case .refuse: connection.reset(id, .refusedStream)
    case .fail: connection.reset(id, .internalError)
    case .drop: connection.fail(.connectionClosing)
    case nil: connection.submitResponse(Self.trailers("12"), to: id, endStream: true)
    }
  }

  private func end(_ connection: HTTP2ConnectionHandler<Peer>, _ id: HTTP2StreamID) {
    var trailers = HeaderBlock()
    trailers.append("grpc-status", "0")
    trailers.append("x-trailer", "yes")
    connection.submitTrailers(trailers, to: id)
  }

  private func health(_ connection: HTTP2ConnectionHandler<Peer>, _ id: HTTP2StreamID) {
    let script = script.withLock { $0 }
    guard script.hasHealth else {
      connection.submitResponse(Self.trailers("12"), to: id, endStream: true)
      return
    }
    connection.submitResponse(Self.head, to: id, endStream: false)
    connection.write(ByteBuffer(bytes: [0, 0, 0, 0, 2, 8, script.isServing ? 1 : 2]), to: id)
    end(connection, id)
  }

  /// Stands for a file descriptor, which nobody on the way looks into.
  static let descriptor = Data([1, 2, 3])

  private func reflect(
    _ connection: HTTP2ConnectionHandler<Peer>, _ id: HTTP2StreamID, _ peer: Peer, _ head: HeaderBlock
  ) {
    let script = script.withLock { $0 }
    let question = try? Grpc_Reflection_V1_ServerReflectionRequest(
      serializedBytes: Array(peer.state.streams[id]?.bytes.dropFirst(5) ?? []))
    guard let question, head[":path"]?.contains(".\(script.reflectionVersion).") == true else {
      connection.submitResponse(Self.trailers("12"), to: id, endStream: true)
      return
    }
    let answer = Grpc_Reflection_V1_ServerReflectionResponse.with { answer in
      switch question.messageRequest {
      case .listServices:
        answer.listServicesResponse = .with { list in
          list.service = script.services.map { name in .with { $0.name = name } }
        }
      case .fileContainingSymbol(let symbol) where script.services.contains(symbol):
        answer.fileDescriptorResponse = .with { $0.fileDescriptorProto = [Self.descriptor] }
      default: answer.errorResponse = .with { $0.errorCode = 5 }
      }
    }
    let bytes: [UInt8] = (try? answer.serializedBytes()) ?? []
    connection.submitResponse(Self.head, to: id, endStream: false)
    connection.write(ByteBuffer(bytes: [0, 0, 0, 0, UInt8(bytes.count)] + bytes), to: id)
    end(connection, id)
  }

  private static var head: HeaderBlock {
    var head = HeaderBlock()
    head.append(":status", "200")
    head.append("content-type", "application/grpc")
    head.append("x-answer", "yes")
    return head
  }

  private static func trailers(_ status: String) -> HeaderBlock {
    var head = HeaderBlock()
    head.append(":status", "200")
    head.append("content-type", "application/grpc")
    head.append("grpc-status", status)
    return head
  }
}
