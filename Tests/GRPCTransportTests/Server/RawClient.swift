import NIOCore
import NIOPosix

@testable import GRPCTransport
@testable import HTTP2

/// An HTTP/2 client that says what it is told to, right or wrong.
final class RawClient: Sendable {
  /// What has arrived on a stream so far.
  struct Response: Sendable {
    var headers: HeaderBlock?
    var content: [UInt8] = []
    var trailers: HeaderBlock?
    var reason: HTTP2CloseReason?

    var httpStatus: String? { self.headers?[":status"] }
    /// From the trailers, or from the headers of a trailers-only response.
    var grpcStatus: String? { (self.trailers ?? self.headers)?["grpc-status"] }
    var messages: [MessageDeframer.Message] {
      get throws {
        var deframer = MessageDeframer(maxMessageSize: .max)
        deframer.append(ByteBuffer(bytes: self.content))
        var messages: [MessageDeframer.Message] = []
        while let message = try deframer.next() { messages.append(message) }
        return messages
      }
    }
  }

  /// Confined to the event loop.
  final class Delegate: HTTP2ConnectionDelegate {
    let reads: Bool
    var responses: [HTTP2StreamID: Response] = [:]
    var goAways: [HTTP2ErrorCode] = []
    var pongs: [UInt64] = []
    var isClosed = false

    init(reads: Bool) {
      self.reads = reads
    }

    func connection(_ connection: Connection, didReceive event: HTTP2Event) {
      switch event {
      case .headers(let id, let block, _): self.responses[id, default: Response()].headers = block
      case .trailers(let id, let block): self.responses[id, default: Response()].trailers = block
      case .data(let id, let buffer, _):
        self.responses[id, default: Response()].content += Array(buffer.readableBytesView)
        if self.reads { connection.consume(id, bytes: buffer.readableBytes) }
      case .closed(let id, let reason): self.responses[id, default: Response()].reason = reason
      case .goAway(_, let code, _): self.goAways.append(code)
      case .pong(let number): self.pongs.append(number)
      default: break
      }
    }

    func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
      self.isClosed = true
    }
  }

  typealias Handler = HTTP2ConnectionHandler<Delegate>

  let channel: any Channel
  private let handler: NIOLoopBound<Handler>

  private init(channel: any Channel, handler: NIOLoopBound<Handler>) {
    self.channel = channel
    self.handler = handler
  }

  /// - Parameter reads: Whether credit is returned for what arrives.
  static func connect(to server: EchoServer, window: Int32 = 1 << 20, reads: Bool = true) async throws -> RawClient {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = 0
    configuration.initialStreamWindow = window
    let address = try await server.transport.listeningAddress
    let connected = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(to: address) { [configuration] channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try Handler(
            role: .client,
            configuration: configuration,
            timeouts: HTTP2Timeouts(),
            executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop),
            delegate: Delegate(reads: reads)
          )
          try channel.pipeline.syncOperations.addHandler(handler)
          return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
        }
      }
    return RawClient(channel: connected.0, handler: connected.1)
  }

  func onLoop<Value: Sendable>(_ body: @escaping @Sendable (Handler) throws -> Value) async throws -> Value {
    try await self.channel.eventLoop.submit { try body(self.handler.value) }.get()
  }

  /// Starts a request and leaves it open.
  func open(_ headers: HeaderBlock, content: [UInt8] = [], endStream: Bool = false) async throws -> HTTP2StreamID {
    try await self.onLoop { handler in
      let id = try handler.submitRequest(headers, endStream: endStream && content.isEmpty)
      if !content.isEmpty { handler.write(ByteBuffer(bytes: content), to: id, endStream: endStream) }
      return id
    }
  }

  func response(_ id: HTTP2StreamID) async throws -> Response {
    try await self.onLoop { $0.delegate.responses[id] ?? Response() }
  }

  /// A whole exchange.
  func call(_ headers: HeaderBlock, content: [UInt8] = []) async throws -> Response {
    let id = try await self.open(headers, content: content, endStream: true)
    try await eventually { try await self.response(id).reason != nil }
    return try await self.response(id)
  }
}

extension HeaderBlock {
  /// A request for a method of ``EchoServer``, with fields replaced, left out (`nil`) or added.
  static func call(_ method: EchoServer.Method = .echo, _ changes: [String: String?] = [:]) -> HeaderBlock {
    let fields = [
      (":method", "POST"), (":scheme", "http"), (":path", "/vigil.test.Echo/\(method.rawValue)"),
      (":authority", "test"), ("content-type", "application/grpc"), ("te", "trailers"),
    ]
    var block = HeaderBlock()
    for (name, value) in fields {
      if let value = changes.keys.contains(name) ? changes[name] ?? nil : value {
        block.append(name: name, value: value)
      }
    }
    for (name, value) in changes.sorted(by: { $0.key < $1.key }) where !fields.contains(where: { $0.0 == name }) {
      if let value { block.append(name: name, value: value) }
    }
    return block
  }
}

/// A framed message.
func framed(_ message: [UInt8], isCompressed: Bool = false) -> [UInt8] {
  Array(GRPCMessageFrame.encode(message, isCompressed: isCompressed).readableBytesView)
}
