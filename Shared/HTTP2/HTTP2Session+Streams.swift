internal import CNGHTTP2
package import NIOCore

extension HTTP2Session {
  /// Starts a request (client). It is sent once the peer allows another concurrent stream.
  ///
  /// - Throws: `.connectionClosing` or `.streamIdentifiersExhausted`: use another connection.
  package func submitRequest(_ headers: HeaderBlock, endStream: Bool) throws(HTTP2Error) -> HTTP2StreamID {
    guard self.canStartStreams else { throw .connectionClosing }
    let next = unsafe nghttp2_session_get_next_stream_id(self.engine)
    guard next <= UInt32(Int32.max) else { throw .streamIdentifiersExhausted }
    let stream = HTTP2Stream(id: HTTP2StreamID(Int32(next)), isKnownToUser: true)
    if endStream { stream.outbound.end = .endStream }
    var provider = unsafe Self.dataProvider(for: stream)
    let result = unsafe headers.withNameValues { fields, count in
      endStream
        ? unsafe nghttp2_submit_request(self.engine, nil, fields, count, nil, nil)
        : unsafe nghttp2_submit_request(self.engine, nil, fields, count, &provider, nil)
    }
    try self.check(result)
    stream.hasOutboundHeaders = true
    self.streams[stream.id] = stream
    self.replies.submittedFrame()
    return stream.id
  }

  /// Sends the final header section of a response (server). `false` if the stream is gone.
  @discardableResult
  package func submitResponse(_ headers: HeaderBlock, to id: HTTP2StreamID, endStream: Bool) -> Bool {
    guard let stream = self.streams[id], !stream.hasOutboundHeaders else { return false }
    stream.hasOutboundHeaders = true
    if endStream { stream.outbound.end = .endStream }
    var provider = unsafe Self.dataProvider(for: stream)
    let result = unsafe headers.withNameValues { fields, count in
      endStream
        ? unsafe nghttp2_submit_response(self.engine, id.rawValue, fields, count, nil)
        : unsafe nghttp2_submit_response(self.engine, id.rawValue, fields, count, &provider)
    }
    self.replies.submittedFrame()
    return result == 0
  }

  /// Sends an interim (1xx) response (server). `false` if the stream is gone.
  @discardableResult
  package func submitInformational(_ headers: HeaderBlock, to id: HTTP2StreamID) -> Bool {
    guard let stream = self.streams[id], !stream.hasOutboundHeaders else { return false }
    self.replies.submittedFrame()
    return unsafe headers.withNameValues { fields, count in
      unsafe nghttp2_submit_headers(self.engine, 0, id.rawValue, nil, fields, count, nil)
    } == 0
  }

  /// Queues content. It is sent as the peer's windows allow; ask ``isWritable(_:)`` before writing
  /// more, and wait for ``HTTP2Event/writable(_:)`` if it is not. `false` if the stream is gone or
  /// its end was queued already.
  @discardableResult
  package func write(_ buffer: ByteBuffer, to id: HTTP2StreamID, endStream: Bool = false) -> Bool {
    guard let stream = self.streams[id], !stream.outbound.isEnded else { return false }
    stream.outbound.append(buffer)
    if endStream { stream.outbound.end = .endStream }
    self.contentQueued(on: stream)
    return true
  }

  /// Queues a length-prefixed message; otherwise as ``write(_:to:endStream:)``. The bytes are kept as
  /// they are and copied once, when they are sent.
  @discardableResult
  package func write(_ prefix: MessagePrefix, _ message: [UInt8], to id: HTTP2StreamID) -> Bool {
    guard let stream = self.streams[id], !stream.outbound.isEnded else { return false }
    stream.outbound.append(prefix, message)
    self.contentQueued(on: stream)
    return true
  }

  private func contentQueued(on stream: HTTP2Stream) {
    if stream.outbound.byteCount >= self.configuration.outboundHighWatermark { stream.isCongested = true }
    self.resume(stream)
  }

  /// Ends this side of the stream with trailers, after all content queued on it.
  @discardableResult
  package func submitTrailers(_ trailers: HeaderBlock, to id: HTTP2StreamID) -> Bool {
    guard let stream = self.streams[id], !stream.outbound.isEnded else { return false }
    stream.outbound.end = trailers.isEmpty ? .endStream : .trailers(trailers)
    self.replies.submittedFrame()
    self.resume(stream)
    return true
  }

  private func resume(_ stream: HTTP2Stream) {
    guard stream.isDeferred else { return }
    stream.isDeferred = false
    _ = unsafe nghttp2_session_resume_data(self.engine, stream.id.rawValue)
  }

  /// Ends the stream abruptly. A request that the peer has not been sent is withdrawn.
  package func reset(_ id: HTTP2StreamID, _ code: HTTP2ErrorCode) {
    guard let stream = self.streams[id] else { return }
    stream.outbound.removeAll()
    self.replies.submittedFrame()
    _ = unsafe nghttp2_submit_rst_stream(self.engine, 0, id.rawValue, code.rawValue)
  }

  /// Returns credit for received DATA, on the stream and the connection, so that the peer may send
  /// more. Harmless for a stream that is gone: its credit was returned when it closed.
  package func consume(_ id: HTTP2StreamID, bytes: Int) {
    guard bytes > 0, let stream = self.streams[id] else { return }
    let count = min(bytes, stream.unconsumed)
    stream.unconsumed -= count
    if self.configuration.holdsConnectionWindow {
      _ = unsafe nghttp2_session_consume(self.engine, id.rawValue, count)
    } else {
      _ = unsafe nghttp2_session_consume_stream(self.engine, id.rawValue, count)
    }
  }

  func returnConnectionCredit() {
    guard self.connectionCredit > 0 else { return }
    _ = unsafe nghttp2_session_consume_connection(self.engine, self.connectionCredit)
    self.connectionCredit = 0
  }

  // MARK: Queries

  /// Bytes of content queued on a stream; 0 if it is gone.
  package func queuedBytes(_ id: HTTP2StreamID) -> Int {
    self.streams[id]?.outbound.byteCount ?? 0
  }

  /// Whether the stream's queue is below the high watermark. `false` if the stream is gone.
  package func isWritable(_ id: HTTP2StreamID) -> Bool {
    self.streams[id].map { !$0.isCongested } ?? false
  }

  /// Looks at how fast the peer takes what is queued, and forgets what it took.
  /// - Parameter minimum: the bytes of a stream that should have left since the last look.
  /// - Returns: the streams that have stalled.
  func stalledStreams(minimum: Int) -> [HTTP2StreamID] {
    self.streams.values.filter { stream in
      let window = unsafe nghttp2_session_get_stream_remote_window_size(self.engine, stream.id.rawValue)
      return stream.pace.look(isWaiting: stream.outbound.byteCount > 0 && window <= 0, minimum: minimum)
    }.map(\.id)
  }

  /// Whether there is content that only the connection's window keeps from leaving.
  var waitsForConnectionWindow: Bool {
    unsafe nghttp2_session_get_remote_window_size(self.engine) <= 0
      && self.streams.values.contains { $0.outbound.byteCount > 0 }
  }

  package func isOpen(_ id: HTTP2StreamID) -> Bool {
    self.streams[id] != nil
  }

  /// Streams open or waiting to be opened.
  package var openStreamCount: Int { self.streams.count }

  package var openStreamIDs: [HTTP2StreamID] { self.streams.streamIDs }
}

extension HeaderBlock {
  /// The block as the engine wants it. The engine copies what it is given.
  func withNameValues<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    unsafe self.bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: max(self.fields.count, 1)) { values in
        guard let base = bytes.baseAddress else { return unsafe body(values.baseAddress, 0) }
        for (index, field) in self.fields.enumerated() {
          let name = unsafe UnsafeMutablePointer(mutating: base + Int(field.start))
          let flags = field.isSensitive ? NGHTTP2_NV_FLAG_NO_INDEX.rawValue : 0
          unsafe values[index] = unsafe nghttp2_nv(
            name: name,
            value: name + Int(field.nameLength),
            namelen: Int(field.nameLength),
            valuelen: Int(field.valueLength),
            flags: UInt8(flags)
          )
        }
        return unsafe body(values.baseAddress, self.fields.count)
      }
    }
  }
}
