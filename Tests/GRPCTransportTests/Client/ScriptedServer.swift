import HTTP2
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP/2 server without gRPC: a script says what is done with each request, which it is told the
/// connection's and the request's number of, both from 1.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (_ request: Request) -> Void

  /// One request, and what can be done with it, on the connection's event loop.
  struct Request {
    let connectionNumber: Int
    /// Of all connections together.
    let number: Int
    let headers: HeaderBlock
    let id: HTTP2StreamID
    let connection: HTTP2ConnectionHandler<Connection>

    func refuse() { connection.reset(id, .refusedStream) }

    /// A whole gRPC answer with one message.
    func answer(_ message: [UInt8]) {
      var head = HeaderBlock()
      head.append(":status", "200")
      head.append("content-type", "application/grpc")
      connection.submitResponse(head, to: id, endStream: false)
      var frame = ByteBuffer(bytes: [0])
      frame.writeInteger(UInt32(message.count))
      frame.writeBytes(message)
      connection.write(frame, to: id)
      var trailers = HeaderBlock()
      trailers.append("grpc-status", "0")
      connection.submitTrailers(trailers, to: id)
    }

    /// Closes the socket without a word.
    func hangUp() { connection.channel?.close(promise: nil) }

    /// GOAWAY, saying that no request was processed. Written past the session, which would count
    /// this one as processed.
    func leaveWithout() {
      let length: [UInt8] = [0, 0, 8]
      let goAway: [UInt8] = length + [7, 0] + [0, 0, 0, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]
      connection.channel?.writeAndFlush(ByteBuffer(bytes: goAway), promise: nil)
    }
  }

  final class Connection: HTTP2ConnectionDelegate {
    private let server: ScriptedServer
    private let number: Int

    init(_ server: ScriptedServer, number: Int) {
      self.server = server
      self.number = number
    }

    func connection(_ connection: HTTP2ConnectionHandler<Connection>, didReceive event: HTTP2Event) {
      switch event {
      case .headers(let id, let headers, _):
        let request = Request(
          connectionNumber: number,
          number: server.requests.withLock { count in
            count += 1
            return count
          },
          headers: headers,
          id: id,
          connection: connection
        )
        server.script(request)
      case .data(let id, let buffer, _): connection.consume(id, bytes: buffer.readableBytes)
      default: break
      }
    }

    func connectionDidClose(_ connection: HTTP2ConnectionHandler<Connection>, error: HTTP2Error?) {}
  }

  let requests = Mutex(0)
  private let connections = Mutex(0)
  private let script: Script
  private let listener = Mutex<(any Channel)?>(nil)

  init(_ script: @escaping Script) {
    self.script = script
  }

  /// Listens on a port of the system's choice until ``stop()``.
  func start() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = self.connections.withLock { count in
            count += 1
            return count
          }
          let handler = try HTTP2ConnectionHandler(
            role: .server,
            configuration: HTTP2Configuration(),
            timeouts: HTTP2Timeouts(),
            executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop),
            delegate: Connection(self, number: number)
          )
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    listener.withLock { $0 = channel }
    return channel.localAddress?.port ?? 0
  }

  func stop() {
    listener.withLock { $0.take() }?.close(promise: nil)
  }
}
