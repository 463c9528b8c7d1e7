import HTTP2
import NIOCore

/// One connection to an instance, on one event loop, and the calls that have a stream on it.
final class UpstreamConnection: HTTP2ConnectionDelegate {
  private let pool: UpstreamPool
  private var handler: Connection?
  /// By stream.
  private var calls = HTTP2StreamTable<any UpstreamCall>()
  /// Whether the connection ended under calls in progress.
  private(set) var hasLostCalls = false

  init(pool: UpstreamPool) {
    self.pool = pool
  }

  /// The handler that the connection's channel needs. Call it once.
  func makeHandler(_ settings: UpstreamSettings, executor: EventLoopTaskExecutor) throws(HTTP2Error) -> Connection {
    let handler = try Connection(
      role: .client, configuration: settings.http2, timeouts: settings.timeouts, executor: executor, delegate: self)
    self.handler = handler
    return handler
  }

  // MARK: For the pool

  /// Whether it takes a further stream at once.
  var hasRoom: Bool {
    guard let handler, handler.canStartStreams else { return false }
    return calls.count < Int(handler.peerSettings.maxConcurrentStreams)
  }
  /// Whether it takes further streams, if only into its queue.
  var isUsable: Bool { handler?.canStartStreams ?? false }
  var callCount: Int { calls.count }

  func close(grace: TimeAmount?) {
    handler?.shutdownGracefully(grace: grace)
  }

  // MARK: For calls

  /// - Returns: nil when the connection takes no more streams.
  func open(_ head: HeaderBlock, endStream: Bool, for call: any UpstreamCall) -> HTTP2StreamID? {
    guard let id = try? handler?.submitRequest(head, endStream: endStream) else { return nil }
    calls[id] = call
    return id
  }

  /// - Returns: whether more may be written now; if not, the call is told when.
  func write(_ bytes: ByteBuffer, to id: HTTP2StreamID, endStream: Bool) -> Bool {
    guard let handler else { return true }
    handler.write(bytes, to: id, endStream: endStream)
    return handler.isWritable(id)
  }

  func consume(_ id: HTTP2StreamID, bytes: Int) {
    handler?.consume(id, bytes: bytes)
  }

  /// Ends a stream whose call has nothing more to do with it.
  func abandon(_ id: HTTP2StreamID) {
    guard calls[id] != nil else { return }
    calls[id] = nil
    handler?.reset(id, .cancel)
  }

  // MARK: HTTP2ConnectionDelegate

  func connectionDidOpen(_ connection: Connection) {
    pool.opened(self)
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, let block, let endStream): calls[id]?.upstreamHead(block, endStream: endStream)
    case .data(let id, let bytes, let endStream):
      if let call = calls[id] {
        call.upstreamData(bytes, endStream: endStream)
      } else {
        connection.consume(id, bytes: bytes.readableBytes)
      }
    case .trailers(let id, let block): calls[id]?.upstreamTrailers(block)
    case .headersTooLarge(let id): connection.reset(id, .internalError)
    case .writable(let id): calls[id]?.upstreamIsWritable()
    case .closed(let id, let reason): streamClosed(id, reason)
    case .goAway: connection.shutdownGracefully(grace: nil)
    case .settings: pool.roomChanged()
    case .informational, .ping, .pong: break
    }
  }

  private func streamClosed(_ id: HTTP2StreamID, _ reason: HTTP2CloseReason) {
    guard let call = calls[id] else { return }
    calls[id] = nil
    if reason == .connectionLost { hasLostCalls = true }
    call.upstreamClosed(reason)
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    handler = nil
    pool.closed(self, error: error)
  }
}
