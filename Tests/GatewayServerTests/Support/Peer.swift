import HTTP2
import NIOCore
import NIOPosix

/// One end of an HTTP/2 connection in a test: keeps what it received on each stream, and lets a test wait for it.
/// Confined to its event loop; tests reach it through ``TestClient`` and ``TestUpstream``.
final class Peer: HTTP2ConnectionDelegate {
  /// What came on one stream.
  struct Received: Sendable {
    var head: HeaderBlock?
    var bytes: [UInt8] = []
    /// Bytes received in all; `bytes` is kept only where a test looks at it.
    var count = 0
    var trailers: HeaderBlock?
    var hasEnded = false
    var closed: HTTP2CloseReason?

    /// Of the trailers, or of a response that is trailers only.
    var status: String? { (trailers ?? head)?["grpc-status"] }
    var message: String? { (trailers ?? head)?["grpc-message"] }
  }

  /// What came on the connection.
  struct State: Sendable {
    var streams: [HTTP2StreamID: Received] = [:]
    var order: [HTTP2StreamID] = []
    var isOpen = false
    var isClosed = false
    var goAways = 0
  }

  private(set) var state = State()
  /// Whether received content is credited at once.
  var reads = true
  private(set) var connection: Connection?
  private var uncredited: [HTTP2StreamID: Int] = [:]
  private var waiting: [(met: (State) -> Bool, promise: EventLoopPromise<State>)] = []
  private let react: (Peer, Connection, HTTP2Event) -> Void

  /// - Parameter react: what the peer does about an event, after it has been recorded.
  init(react: @escaping (Peer, Connection, HTTP2Event) -> Void = { _, _, _ in }) {
    self.react = react
  }

  func when(_ met: @escaping (State) -> Bool, on loop: any EventLoop) -> EventLoopFuture<State> {
    let promise = loop.makePromise(of: State.self)
    waiting.append((met, promise))
    settle()
    return promise.futureResult
  }

  /// Credits all that was received and from now on whatever comes.
  func startReading() {
    reads = true
    for (id, bytes) in uncredited { connection?.consume(id, bytes: bytes) }
    uncredited = [:]
  }

  func connectionDidOpen(_ connection: Connection) {
    self.connection = connection
    state.isOpen = true
    settle()
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    record(event)
    react(self, connection, event)
    settle()
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    state.isClosed = true
    self.connection = nil
    settle()
  }

  private func settle() {
    let ready = waiting.filter { $0.met(state) }
    waiting.removeAll { $0.met(state) }
    for waiter in ready { waiter.promise.succeed(state) }
  }

  private func record(_ event: HTTP2Event) {
    switch event {
    case .headers(let id, let block, let endStream):
      state.order.append(id)
      state.streams[id, default: Received()].head = block
      if endStream { state.streams[id]?.hasEnded = true }
    case .data(let id, let bytes, let endStream):
      state.streams[id, default: Received()].count += bytes.readableBytes
      if bytes.readableBytes < 4096 { state.streams[id]?.bytes += Array(buffer: bytes) }
      if endStream { state.streams[id]?.hasEnded = true }
      if reads {
        connection?.consume(id, bytes: bytes.readableBytes)
      } else {
        uncredited[id, default: 0] += bytes.readableBytes
      }
    case .trailers(let id, let block):
      state.streams[id, default: Received()].trailers = block
      state.streams[id]?.hasEnded = true
    case .closed(let id, let reason): state.streams[id, default: Received()].closed = reason
    case .goAway: state.goAways += 1
    default: break
    }
  }
}
