internal import GRPCCore
internal import HTTP2
internal import Logging
internal import NIOCore

/// The server's side of one connection: takes requests, starts their RPCs, and hands each RPC what
/// arrives for it. Confined to its event loop.
final class ServerConnection: HTTP2ConnectionDelegate {
  let id: UInt64
  let shared: ServerShared
  let executor: EventLoopTaskExecutor
  let info: HTTP2ServerConnectionInfo.Connection
  let remotePeer: String
  let localPeer: String
  /// Set while the connection is open.
  private(set) var handler: HTTP2ConnectionHandler<ServerConnection>?
  var streams = HTTP2StreamTable<ServerStream>()
  var methods = MethodCache()
  var deadlines = DeadlineTimer()
  private var runningRPCs = 0

  init(
    shared: ServerShared,
    executor: EventLoopTaskExecutor,
    info: HTTP2ServerConnectionInfo.Connection,
    channel: any Channel
  ) {
    self.id = info.id
    self.shared = shared
    self.executor = executor
    self.info = info
    self.remotePeer = describe(channel.remoteAddress)
    self.localPeer = describe(channel.localAddress)
  }

  var eventLoop: any EventLoop { self.executor.eventLoop }

  // MARK: HTTP2ConnectionDelegate

  func connectionDidOpen(_ connection: Connection) {
    self.handler = connection
    self.shared.counters.add(to: .open)
    let entry = NIOLoopBound(self, eventLoop: self.eventLoop)
    if !self.shared.registry.add(self.id, entry) { self.shutDown() }
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, let block, let endStream):
      self.receive(block, on: id, endStream: endStream)
    case .data(let id, let buffer, let endStream):
      if let stream = self.streams[id] {
        stream.receive(buffer, endStream: endStream)
      } else {
        connection.consume(id, bytes: buffer.readableBytes)
      }
    case .trailers(let id, _): self.streams[id]?.receive(ByteBuffer(), endStream: true)
    case .headersTooLarge(let id): self.headersTooLarge(id)
    case .writable(let id): self.streams[id]?.resumeWriters()
    case .closed(let id, let reason):
      self.streams[id]?.closed(reason)
      self.streams[id] = nil
    case .informational, .goAway, .settings, .ping, .pong: break
    }
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    self.handler = nil
    self.deadlines.cancel()
    self.shared.counters.add(-1, to: .open)
    if let error { self.report(error) }
    self.endIfDone()
  }

  private func report(_ error: HTTP2Error) {
    self.shared.counters.connectionFailed(error)
    let metadata: Logger.Metadata = ["peer": "\(self.remotePeer)", "error": "\(error)"]
    switch error {
    case .transport, .keepaliveTimeout, .shutdownTimeout:
      self.shared.logger.debug("a connection ended", metadata: metadata)
    default:
      self.shared.logger.notice("a connection was ended for its peer's conduct", metadata: metadata)
    }
  }

  // MARK: Life

  func shutDown() {
    self.handler?.shutdownGracefully(grace: self.shared.configuration.shutdownGrace)
  }

  /// Ends the connection now and cancels its RPCs with their tasks.
  func stop() {
    for stream in self.streams.values { stream.stop() }
    self.handler?.channel?.close(promise: nil)
  }

  func rpcStarted() {
    self.runningRPCs += 1
    self.shared.counters.add(to: .rpcsStarted)
    self.shared.counters.add(to: .rpcsOpen)
  }

  func rpcEnded() {
    self.runningRPCs -= 1
    self.shared.counters.add(-1, to: .rpcsOpen)
    self.endIfDone()
  }

  private func endIfDone() {
    if self.handler == nil, self.runningRPCs == 0 { self.shared.registry.ended(self.id) }
  }
}
