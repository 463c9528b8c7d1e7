package import NIOCore

/// Moves the bytes of one HTTP/2 connection between a channel and its session.
///
/// What is read is parsed at once; at the end of the read batch the delegate has had its events, the
/// loop's runnable tasks have run, and whatever all of them wrote leaves in one write and one flush.
/// Calls outside a read batch are gathered until the end of the tick. While the channel is not
/// writable nothing is taken from the session, so that its streams fill and their writers wait.
///
/// The delegate may be exchanged for the connection's life only by whoever made it. Confined to the
/// channel's event loop.
package final class HTTP2ConnectionHandler<Delegate: HTTP2ConnectionDelegate>: ChannelInboundHandler {
  package typealias InboundIn = ByteBuffer
  package typealias OutboundOut = ByteBuffer

  package let executor: EventLoopTaskExecutor
  package let timeouts: HTTP2Timeouts
  let session: HTTP2Session
  let delegate: Delegate

  var context: ChannelHandlerContext?
  private var output = ByteBuffer()
  private var isReading = false
  private var isDelivering = false
  private var isFlushScheduled = false
  private var isOpen = false
  private var isClosed = false
  /// All has been said; only what the channel still holds has to leave.
  private var isClosing = false
  /// Why the connection ends, once that is known.
  private var failure: HTTP2Error?
  var clocks = ConnectionClocks()
  var shutdown = ShutdownState.none

  /// - Parameters:
  ///   - executor: That of the channel's event loop.
  ///   - delegate: Kept until the connection has closed.
  /// - Throws: ``HTTP2Error`` if the session cannot be made.
  package init(
    role: HTTP2Session.Role,
    configuration: HTTP2Configuration,
    timeouts: HTTP2Timeouts,
    executor: EventLoopTaskExecutor,
    delegate: Delegate
  ) throws(HTTP2Error) {
    self.session = try HTTP2Session(role: role, configuration: configuration)
    self.timeouts = timeouts
    self.executor = executor
    self.delegate = delegate
  }

  package var eventLoop: any EventLoop { self.executor.eventLoop }
  package var channel: (any Channel)? { self.context?.channel }
  /// Whether bytes can still be exchanged.
  package var isActive: Bool { self.isOpen && !self.isClosed }

  // MARK: ChannelHandler

  package func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if context.channel.isActive { self.open() }
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    self.close(error: self.failure)
    self.context = nil
  }

  package func channelActive(context: ChannelHandlerContext) {
    self.open()
    context.fireChannelActive()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    self.close(error: self.failure)
    context.fireChannelInactive()
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !self.isClosed, !self.isClosing, self.failure == nil else { return }
    self.isReading = true
    let now = NIODeadline.now()
    do {
      try self.session.receive(Self.unwrapInboundIn(data), now: now)
    } catch {
      self.failure = error
    }
    self.watchArrival(at: now)
    self.deliverEvents()
  }

  package func channelReadComplete(context: ChannelHandlerContext) {
    if self.isReading {
      if !self.isClosed { self.delegate.connectionDidFinishReading(self) }
      self.executor.runPendingJobs()
      self.isReading = false
      self.flush()
    }
    context.fireChannelReadComplete()
  }

  package func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { self.flush() }
    context.fireChannelWritabilityChanged()
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .some(.inputClosed) = event as? ChannelEvent {
      // HTTP/2 has no use for a half-closed transport: the peer can neither answer nor credit.
      self.closeTransport()
    }
    self.delegate.connection(self, didReceiveUserEvent: event)
    context.fireUserInboundEventTriggered(event)
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    self.fail(.transport(String(describing: error)))
  }

  // MARK: Life

  private func open() {
    guard !self.isOpen else { return }
    self.isOpen = true
    self.clocks.lastRead = .now()
    self.delegate.connectionDidOpen(self)
    self.startClocks()
    self.flush()
  }

  private func close(error: HTTP2Error?) {
    guard !self.isClosed else { return }
    self.isClosed = true
    self.clocks.cancelAll()
    self.session.abandon()
    self.deliverEvents()
    self.delegate.connectionDidClose(self, error: error ?? self.violation)
    // Tasks that waited for this connection can go on at once.
    self.executor.runPendingJobs()
  }

  /// Ends the connection at once because of an error.
  package func fail(_ error: HTTP2Error) {
    guard !self.isClosed else { return }
    self.failure = self.failure ?? self.violation ?? error
    self.closeTransport()
  }

  /// What the peer did that this side has ended the connection for.
  private var violation: HTTP2Error? { self.session.goAwayError.map { .protocolViolation($0) } }

  func closeTransport() {
    self.context?.close(promise: nil)
  }

  /// Closes once the channel has written what it was given: closing drops what it still holds. A
  /// peer that does not take it is not waited for.
  func closeAfterWrites() {
    guard !self.isClosing, let context = self.context else { return }
    self.isClosing = true
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { _ in self.closeTransport() }
    self.clocks.linger = self.schedule(after: self.failure == nil ? .seconds(10) : .seconds(1)) { $0.closeTransport() }
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: written)
  }

  /// Says why and ends the connection: GOAWAY, then close.
  package func terminate(_ code: HTTP2ErrorCode, debug: StaticString = "", error: HTTP2Error) {
    guard self.isActive else { return }
    self.failure = self.failure ?? error
    if debug.utf8CodeUnitCount > 0 { self.session.goAway(code, debug: debug) }
    self.session.terminate(code)
    self.setNeedsFlush()
  }

  // MARK: Events and output

  private func deliverEvents() {
    guard !self.isDelivering else { return }
    self.isDelivering = true
    defer { self.isDelivering = false }
    while let event = self.session.nextEvent() {
      self.observe(event)
      self.delegate.connection(self, didReceive: event)
      self.session.reuse(event)
    }
  }

  /// Has the session's output sent at the end of the batch or tick.
  package func setNeedsFlush() {
    guard !self.isReading, !self.isFlushScheduled, !self.isClosed else { return }
    self.isFlushScheduled = true
    self.executor.flushAtEndOfTick(self)
  }

  func flush() {
    guard self.isActive, !self.isClosing, let context = self.context else { return }
    var hasWritten = false
    // Asked before each turn: a buffer that is still on its way cannot be filled again, and taking
    // another only to find nothing to say would cost an allocation per flush.
    while self.session.wantsToSend, context.channel.isWritable, self.drain() {
      hasWritten = true
      context.write(Self.wrapOutboundOut(self.output), promise: nil)
    }
    if hasWritten { context.flush() }
    // A connection that once sent much is not to hold the memory for it when idle.
    if self.output.capacity > retainedOutput { self.output = ByteBuffer() }
    self.afterFlush()
  }

  /// Fills `output`; `false` if there is nothing to send. Delivers what sending brought about, which
  /// may bring more to send.
  private func drain() -> Bool {
    self.output.clear(minimumCapacity: 4_096)
    do {
      try self.session.drain(into: &self.output, limit: outputLimit)
    } catch {
      self.failure = self.failure ?? error
      self.closeTransport()
    }
    self.deliverEvents()
    self.clocks.pace.moved += self.output.readableBytes
    return self.output.readableBytes > 0
  }

  private func afterFlush() {
    // Having announced its end and without streams the session counts itself finished; but requests
    // may be on their way that were sent before the announcement arrived.
    if case .announced = self.shutdown, self.failure == nil { return }
    if self.failure != nil || self.session.isFinished {
      let isBlocked = self.context?.channel.isWritable == false
      if !self.session.wantsToSend || (self.failure != nil && isBlocked) { self.closeAfterWrites() }
    } else {
      self.closeIfDrained()
    }
  }
}

/// Bytes taken from a session at a time.
private let outputLimit = 64 * 1024
/// The largest output buffer kept from flush to flush.
private let retainedOutput = 16 * 1024

extension HTTP2ConnectionHandler: EndOfTickFlushing {
  func flushAtEndOfTick() {
    self.isFlushScheduled = false
    if !self.isReading { self.flush() }
  }
}
