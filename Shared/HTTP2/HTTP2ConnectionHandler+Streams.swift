package import NIOCore

// The session's calls, each followed by a flush at the end of the batch or tick.

extension HTTP2ConnectionHandler {
  /// ``HTTP2Session/submitRequest(_:endStream:)``
  package func submitRequest(_ headers: HeaderBlock, endStream: Bool) throws(HTTP2Error) -> HTTP2StreamID {
    guard self.isActive, self.shutdown.acceptsStreams else { throw .connectionClosing }
    let id = try self.session.submitRequest(headers, endStream: endStream)
    self.clocks.idleSince = nil
    self.setNeedsFlush()
    return id
  }

  /// ``HTTP2Session/submitResponse(_:to:endStream:)``
  @discardableResult
  package func submitResponse(_ headers: HeaderBlock, to id: HTTP2StreamID, endStream: Bool) -> Bool {
    self.setNeedsFlush()
    return self.session.submitResponse(headers, to: id, endStream: endStream)
  }

  /// ``HTTP2Session/submitInformational(_:to:)``
  @discardableResult
  package func submitInformational(_ headers: HeaderBlock, to id: HTTP2StreamID) -> Bool {
    self.setNeedsFlush()
    return self.session.submitInformational(headers, to: id)
  }

  /// ``HTTP2Session/write(_:to:endStream:)``
  @discardableResult
  package func write(_ buffer: ByteBuffer, to id: HTTP2StreamID, endStream: Bool = false) -> Bool {
    self.setNeedsFlush()
    return self.session.write(buffer, to: id, endStream: endStream)
  }

  /// ``HTTP2Session/write(_:_:to:)``
  @discardableResult
  package func write(_ prefix: MessagePrefix, _ message: [UInt8], to id: HTTP2StreamID) -> Bool {
    self.setNeedsFlush()
    return self.session.write(prefix, message, to: id)
  }

  /// ``HTTP2Session/submitTrailers(_:to:)``
  @discardableResult
  package func submitTrailers(_ trailers: HeaderBlock, to id: HTTP2StreamID) -> Bool {
    self.setNeedsFlush()
    return self.session.submitTrailers(trailers, to: id)
  }

  /// ``HTTP2Session/reset(_:_:)``
  package func reset(_ id: HTTP2StreamID, _ code: HTTP2ErrorCode) {
    self.session.reset(id, code)
    self.setNeedsFlush()
  }

  /// ``HTTP2Session/consume(_:bytes:)``
  package func consume(_ id: HTTP2StreamID, bytes: Int) {
    self.session.consume(id, bytes: bytes)
    if self.session.wantsToSend { self.setNeedsFlush() }
  }

  /// ``HTTP2Session/ping(_:)``
  package func ping(_ number: UInt64) {
    self.session.ping(number)
    self.setNeedsFlush()
  }

  // MARK: Queries

  /// Bytes of content queued on a stream; 0 if it is gone.
  package func queuedBytes(_ id: HTTP2StreamID) -> Int { self.session.queuedBytes(id) }

  /// Whether more should be written to the stream now; if not, ``HTTP2Event/writable(_:)`` follows.
  package func isWritable(_ id: HTTP2StreamID) -> Bool { self.session.isWritable(id) }

  package func isOpen(_ id: HTTP2StreamID) -> Bool { self.session.isOpen(id) }

  package var openStreamCount: Int { self.session.openStreamCount }

  package var peerSettings: HTTP2PeerSettings { self.session.peerSettings }

  /// Whether a request may be started here (client).
  package var canStartStreams: Bool {
    self.isActive && self.shutdown.acceptsStreams && self.session.canStartStreams
  }
}
