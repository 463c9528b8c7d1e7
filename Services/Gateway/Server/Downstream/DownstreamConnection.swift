import HTTP2
import NIOCore

/// One client's connection and the calls on it.
final class DownstreamConnection: HTTP2ConnectionDelegate {
  let client: ClientDescription
  private let worker: Worker
  private let origin: RequestHead.Origin
  private let openCalls: CallsOfClient
  /// Bytes kept for the client beyond the queues of its streams, until it takes them or is cut off.
  private(set) var unreadBytes = 0
  private var isCutOff = false
  private var handler: Connection?
  /// By stream.
  private var calls = HTTP2StreamTable<any DownstreamCall>()

  init(client: ClientDescription, worker: Worker) {
    self.client = client
    self.worker = worker
    self.openCalls = worker.core.limiter.calls(of: client.key)
    self.origin = RequestHead.Origin(
      scheme: worker.core.settings.upstream.scheme,
      peerURI: client.uri.map { Array($0.utf8) },
      peerSerial: client.serial.map { Array($0.utf8) },
      timeouts: worker.core.settings.callTimeouts)
  }

  /// The handler that the connection's channel needs. Call it once.
  func makeHandler() throws(HTTP2Error) -> Connection {
    let settings = worker.core.settings.downstream
    var timeouts = settings.timeouts
    // A service may rest in the middle of a feed, as long as its database does.
    if client.listener == .mesh { timeouts.stall = nil }
    let handler = try Connection(
      role: .server, configuration: settings.http2, timeouts: timeouts, executor: worker.executor,
      delegate: self)
    self.handler = handler
    return handler
  }

  // MARK: For calls

  func respond(_ id: HTTP2StreamID, _ head: HeaderBlock, endStream: Bool) {
    handler?.submitResponse(head, to: id, endStream: endStream)
  }

  /// - Returns: whether more may be written now; if not, the call is told when.
  func write(_ bytes: ByteBuffer, to id: HTTP2StreamID, endStream: Bool) -> Bool {
    guard let handler else { return true }
    handler.write(bytes, to: id, endStream: endStream)
    return handler.isWritable(id)
  }

  func writeTrailers(_ trailers: HeaderBlock, to id: HTTP2StreamID) {
    handler?.submitTrailers(trailers, to: id)
  }

  func consume(_ id: HTTP2StreamID, bytes: Int) {
    handler?.consume(id, bytes: bytes)
  }

  /// More, or less, is kept for the client until it takes it.
  func unreadChanged(by bytes: Int) {
    guard bytes != 0, !isCutOff else { return }
    unreadBytes += bytes
    worker.unreadChanged(by: bytes)
  }

  // MARK: For the worker

  func cutOffForUnread() {
    isCutOff = true
    unreadBytes = 0
    handler?.terminate(.enhanceYourCalm, error: .abuse(.unreadContent))
  }

  func shutdown(grace: TimeAmount?) {
    handler?.shutdownGracefully(grace: grace)
  }

  // MARK: HTTP2ConnectionDelegate

  func connectionDidOpen(_ connection: Connection) {
    worker.clientConnected(self)
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, let block, let endStream): begin(id, block, endStream: endStream)
    case .data(let id, let bytes, let endStream):
      if let call = calls[id] {
        call.requestData(bytes, endStream: endStream)
      } else {
        connection.consume(id, bytes: bytes.readableBytes)
      }
    // Requests of gRPC have no trailers; the end of the stream is what counts.
    case .trailers(let id, _): calls[id]?.requestData(ByteBuffer(), endStream: true)
    case .headersTooLarge(let id): refuse(id, .headersTooLarge, head: nil)
    case .writable(let id): calls[id]?.downstreamIsWritable()
    case .closed(let id, let reason): closed(id, reason)
    case .informational, .goAway, .settings, .ping, .pong: break
    }
  }

  private func closed(_ id: HTTP2StreamID, _ reason: HTTP2CloseReason) {
    guard let call = calls[id] else { return }
    calls[id] = nil
    openCalls.end()
    call.downstreamClosed(reason)
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    handler = nil
    worker.clientDisconnected(self, error: error)
  }

  func connection(_ connection: Connection, requestsStalledBelow minimum: Int) -> [HTTP2StreamID] {
    calls.streamIDs.filter { calls[$0]?.requestIsStalled(minimum: minimum) ?? false }
  }

  func connection(_ connection: Connection, didCutOff id: HTTP2StreamID, for abuse: HTTP2Abuse) {
    worker.core.cutOff(client, for: .abuse(abuse))
  }

  // MARK: Requests

  private func begin(_ id: HTTP2StreamID, _ block: HeaderBlock, endStream: Bool) {
    let head: RequestHead
    do throws(RequestHead.Problem) {
      head = try RequestHead(
        block, from: origin, identifiers: &worker.identifiers, memory: worker.spareBlocks.take())
    } catch {
      return refuse(id, .notGRPC(error), head: nil)
    }
    guard worker.core.limiter.request(client.key) == nil else { return refuse(id, .rateLimited, head: head) }
    if let refusal = worker.core.judge(head) { return refuse(id, refusal, head: head) }
    guard let path = RPCPath(head.path) else { return refuse(id, .noRoute, head: head) }
    guard openCalls.begin() else {
      worker.core.refused(for: .calls)
      return refuse(id, .tooManyCalls, head: head)
    }
    if let call = worker.answer(to: path, head, on: self, id) {
      calls[id] = call
      call.begin(endStream: endStream)
    } else if let route = worker.core.routes.route(for: path.service) {
      let call = ForwardedCall(head: head, route: route, downstream: self, id: id, worker: worker)
      calls[id] = call
      call.begin(endStream: endStream)
    } else {
      openCalls.end()
      refuse(id, .noRoute, head: head)
    }
  }

  /// Answers a request that becomes no call.
  private func refuse(_ id: HTTP2StreamID, _ refusal: Refusal, head: RequestHead?) {
    respond(id, worker.refusals.response(to: refusal, requestID: head?.requestID), endStream: true)
    var record = CallRecord(began: .now())
    record.refuse(refusal)
    worker.core.observer.callEnded(record, head: head, client: client)
  }
}
