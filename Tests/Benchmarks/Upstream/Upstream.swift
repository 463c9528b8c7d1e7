import HTTP2
import NIOCore
import NIOPosix

/// Answers every gRPC call with a fixed message and status 0, on libnghttp2 alone: `bench-upstream PORT`.
///
/// What a proxy is measured before: it answers several times faster than any of them forwards.
@main
enum Upstream {
  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 0
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let executor = try await group.next().submit { [loop = group.next()] in
      EventLoopTaskExecutor(eventLoop: loop)
    }.get()
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try HTTP2ConnectionHandler(
            role: .server,
            configuration: generous,
            timeouts: HTTP2Timeouts(),
            executor: executor,
            delegate: FixedAnswer()
          )
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: port)
      .get()
    try await channel.closeFuture.get()
  }

  private static var generous: HTTP2Configuration {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = 10_000
    return configuration
  }
}

/// One connection's answers: sent when the request has ended, as a unary method would.
final class FixedAnswer: HTTP2ConnectionDelegate {
  private let headers: HeaderBlock
  private let trailers: HeaderBlock
  private let message = ByteBuffer(bytes: [0, 0, 0, 0, 7, 0x0a, 5] + Array("hello".utf8))

  init() {
    var headers = HeaderBlock()
    headers.append(":status", "200")
    headers.append("content-type", "application/grpc")
    self.headers = headers
    var trailers = HeaderBlock()
    trailers.append("grpc-status", "0")
    self.trailers = trailers
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, _, endStream: true), .trailers(let id, _):
      self.answer(id, on: connection)
    case .data(let id, let bytes, let endStream):
      connection.consume(id, bytes: bytes.readableBytes)
      if endStream { self.answer(id, on: connection) }
    default:
      break
    }
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {}

  private func answer(_ id: HTTP2StreamID, on connection: Connection) {
    connection.submitResponse(self.headers, to: id, endStream: false)
    connection.write(self.message, to: id)
    connection.submitTrailers(self.trailers, to: id)
  }
}
