import HTTP2
import NIOCore
import NIOPosix

/// What the gateway forwards to: `/echo.Echo/Echo` sends back what came, `Flood` answers with 4 MiB, `Hold` not at all.
struct EchoUpstream: Sendable {
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  var port: Int { channel.localAddress?.port ?? 0 }

  static func start() async throws -> EchoUpstream {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try HTTP2ConnectionHandler(
            role: .server, configuration: HTTP2Configuration(), timeouts: HTTP2Timeouts(),
            executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop), delegate: Echo())
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return EchoUpstream(channel: channel, group: group)
  }

  func stop() async throws {
    try await channel.close().get()
    try await group.shutdownGracefully()
  }
}

/// One connection.
private final class Echo: HTTP2ConnectionDelegate {
  private static let flood = ByteBuffer(repeating: 7, count: 4 * 1024 * 1024)

  private var held: Set<HTTP2StreamID> = []

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, let head, let endStream):
      begin(head[":path"], id, connection)
      if endStream { end(id, connection) }
    case .data(let id, let bytes, let endStream):
      connection.consume(id, bytes: bytes.readableBytes)
      guard !held.contains(id) else { return }
      connection.write(bytes, to: id)
      if endStream { end(id, connection) }
    case .closed(let id, _): held.remove(id)
    default: break
    }
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    held = []
  }

  private func begin(_ path: String?, _ id: HTTP2StreamID, _ connection: Connection) {
    guard path != "/echo.Echo/Hold" else {
      held.insert(id)
      return
    }
    var head = HeaderBlock()
    head.append(":status", "200")
    head.append("content-type", "application/grpc")
    connection.submitResponse(head, to: id, endStream: false)
    if path == "/echo.Echo/Flood" { connection.write(Self.flood, to: id) }
  }

  private func end(_ id: HTTP2StreamID, _ connection: Connection) {
    guard !held.contains(id) else { return }
    var trailers = HeaderBlock()
    trailers.append("grpc-status", "0")
    connection.submitTrailers(trailers, to: id)
  }
}
