import HTTP2
import NIOCore

/// One call on its way through: a client's stream and, one after another until one answers, streams to instances.
///
/// ``CallState`` decides; this moves the frames. Content goes to the other side as it comes. What has been written to
/// the other side is credited to its sender at once while the other side's queue is short; when that is full, the
/// credit waits until it has been written out. So a receiver that stops reading stops its sender, and a call holds no
/// more than a window and a queue.
final class ForwardedCall {
  private let downstream: DownstreamConnection
  private let id: HTTP2StreamID
  private let worker: Worker
  private let route: Int
  private var head: RequestHead
  private var state: CallState
  private var record: CallRecord

  private var instance: Instance?
  private var lastTried: Instance.ID?
  private var upstream: UpstreamConnection?
  private var upstreamID = HTTP2StreamID(0)

  /// What was sent to the instance, for another try.
  private var replay: ReplayBuffer
  /// Content that came while there was no stream to forward it on; not credited yet.
  private var held = ByteBuffer()
  /// Credit that the client gets once the instance's queue has drained, and the other way round.
  private var owedToClient = 0
  private var owedToInstance = 0
  private var timer: NIOScheduledCallback?
  private var boundary = MessageBoundary()
  private var pace = Pace()

  init(head: RequestHead, route: Int, downstream: DownstreamConnection, id: HTTP2StreamID, worker: Worker) {
    self.head = head
    self.route = route
    self.downstream = downstream
    self.id = id
    self.worker = worker
    self.state = CallState(maximumTries: worker.core.settings.maximumTries)
    self.replay = ReplayBuffer(limit: worker.core.settings.replayLimit, memory: worker.spareBuffers.take())
    self.record = CallRecord(began: .now(), route: route)
  }

  func begin(endStream: Bool) {
    if endStream { _ = state.requestArrived(end: true) }
    if let timeout = head.timeout {
      let deadline = CallTimeouts.deadline(timeout, from: record.began)
      timer = try? worker.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }
    tryInstance()
  }

  // MARK: Tries

  private func tryInstance() {
    guard let pool = worker.pick(route, avoiding: lastTried) else {
      return refuse(.noInstance(service: worker.core.routePrefix(route)))
    }
    state.tryBegins()
    record.tries += 1
    record.instance = pool.instance
    instance = pool.instance
    pool.instance.callBegan()
    // With another one gone, one that could not be reached a moment ago is worth an attempt: it may be back.
    pool.provide(for: self, insists: lastTried != nil)
  }

  private func tryEnded(_ failure: UpstreamFailure?) {
    upstream = nil
    owedToClient = returningCredit(owedToClient)
    if failure?.countsAgainstInstance == true, let instance {
      worker.instanceFailed(instance, "the response is not valid")
    }
    lastTried = instance?.id
    releaseInstance()
    guard !state.isOver else { return state.streamClosed() }
    let service = worker.core.routePrefix(route)
    switch state.tryEnded(failure, requestIsKept: replay.isComplete, service: service) {
    case .nothing: break
    case .tryAgain: tryInstance()
    case .refuse(let refusal): respond(refusal)
    }
  }

  private func releaseInstance() {
    instance?.callEnded()
    instance = nil
  }

  // MARK: Request

  /// Sends what has come of the request on a new stream.
  private func resend() {
    let ended = state.request == .ended
    var rest = ByteBuffer()
    swap(&rest, &held)
    if replay.bytes.readableBytes > 0 {
      _ = upstream?.write(replay.bytes, to: upstreamID, endStream: ended && rest.readableBytes == 0)
    }
    if rest.readableBytes > 0 { forward(rest, endStream: ended) }
  }

  private func forward(_ bytes: ByteBuffer, endStream: Bool) {
    guard let upstream else { return }
    replay.append(bytes)
    let mayGoOn = upstream.write(bytes, to: upstreamID, endStream: endStream)
    owedToClient += bytes.readableBytes
    if mayGoOn { owedToClient = returningCredit(owedToClient) }
  }

  private func returningCredit(_ bytes: Int) -> Int {
    if bytes > 0 { downstream.consume(id, bytes: bytes) }
    return 0
  }

  // MARK: End

  private func refuse(_ refusal: Refusal) {
    if state.abandon() { respond(refusal) }
  }

  private func respond(_ refusal: Refusal) {
    if state.hasSentHead {
      downstream.writeTrailers(worker.refusals.trailers(for: refusal), to: id)
    } else {
      downstream.respond(id, worker.refusals.response(to: refusal, requestID: head.requestID), endStream: true)
    }
    record.refuse(refusal)
    finish()
  }

  /// The call is over for the client; lets go of everything but the client's stream.
  private func finish() {
    timer.map(worker.eventLoop.assumeIsolated().cancelScheduledCallback)
    timer = nil
    releaseInstance()
    if replay.isComplete { worker.spareBuffers.give(replay.drop()) }
    if held.readableBytes > 0 { downstream.consume(id, bytes: held.readableBytes) }
    held = ByteBuffer()
    // With both directions ended the stream closes by itself; abandoning it would reset it.
    if let upstream, state.request == .open || record.end != .answered { upstream.abandon(upstreamID) }
    worker.core.observer.callEnded(record, head: head, client: downstream.client)
    worker.spareBlocks.give(head.takeMemory())
  }
}

// MARK: - The client's side

extension ForwardedCall: DownstreamCall {
  func requestData(_ bytes: ByteBuffer, endStream: Bool) {
    record.requestBytes += bytes.readableBytes
    pace.moved += bytes.readableBytes
    boundary.advance(over: bytes)
    switch state.requestArrived(end: endStream) {
    case .forward: forward(bytes, endStream: endStream)
    case .hold: held.writeImmutableBuffer(bytes)
    case .discard: downstream.consume(id, bytes: bytes.readableBytes)
    }
  }

  func requestIsStalled(minimum: Int) -> Bool {
    // Without credit it is not the client who waits.
    let mayCome = boundary.isWithinMessage && owedToClient == 0 && held.readableBytes == 0 && state.request == .open
    return pace.look(isWaiting: mayCome && !state.isOver, minimum: minimum)
  }

  func downstreamIsWritable() {
    guard owedToInstance > 0 else { return }
    upstream?.consume(upstreamID, bytes: owedToInstance)
    forgetUnread()
  }

  private func forgetUnread() {
    downstream.unreadChanged(by: -owedToInstance)
    owedToInstance = 0
  }

  func downstreamClosed(_ reason: HTTP2CloseReason) {
    forgetUnread()
    guard state.abandon() else { return }
    record.cancel()
    finish()
  }
}

extension ForwardedCall: NIOScheduledCallbackHandler {
  func handleScheduledCallback(eventLoop: some EventLoop) {
    timer = nil
    refuse(.deadlinePassed)
  }
}

// MARK: - The instance's side

extension ForwardedCall: UpstreamCall {
  func upstreamIsReady(_ connection: UpstreamConnection) {
    guard state.current == .waiting else { return }
    let isWhole = state.request == .ended && held.readableBytes == 0 && replay.bytes.readableBytes == 0
    guard let stream = connection.open(head.fields, endStream: isWhole, for: self) else {
      return tryEnded(.notConnected)
    }
    state.streamOpened()
    upstream = connection
    upstreamID = stream
    if !isWhole { resend() }
  }

  func upstreamIsUnavailable() {
    guard state.current == .waiting else { return }
    tryEnded(.notConnected)
  }

  func upstreamHead(_ block: HeaderBlock, endStream: Bool) {
    guard state.responseStarted(end: endStream) else { return }
    if replay.isComplete { worker.spareBuffers.give(replay.drop()) }
    instance?.callSucceeded()
    downstream.respond(id, ResponseFields.forwarded(block), endStream: endStream)
    if endStream { answered(ResponseFields.status(block)) }
  }

  func upstreamData(_ bytes: ByteBuffer, endStream: Bool) {
    guard let upstream, state.responseArrived(end: endStream) else { return }
    record.responseBytes += bytes.readableBytes
    if downstream.write(bytes, to: id, endStream: endStream) {
      upstream.consume(upstreamID, bytes: bytes.readableBytes)
    } else {
      owedToInstance += bytes.readableBytes
      downstream.unreadChanged(by: bytes.readableBytes)
    }
    if endStream { answered(nil) }
  }

  func upstreamTrailers(_ block: HeaderBlock) {
    guard state.responseArrived(end: true) else { return }
    downstream.writeTrailers(ResponseFields.forwarded(block), to: id)
    answered(ResponseFields.status(block))
  }

  func upstreamIsWritable() {
    owedToClient = returningCredit(owedToClient)
  }

  func upstreamClosed(_ reason: HTTP2CloseReason) {
    tryEnded(UpstreamFailure(reason))
  }

  private func answered(_ status: Int?) {
    record.answer(status: status)
    finish()
  }
}
