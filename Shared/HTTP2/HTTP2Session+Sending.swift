internal import CNGHTTP2
package import NIOCore

extension HTTP2Session {
  /// Appends what is to be sent now to `output`, until that holds `limit` bytes or more (it may
  /// hold one frame more than the limit). Sending may produce events (`writable`, `closed`).
  package func drain(into output: inout ByteBuffer, limit: Int = .max) throws(HTTP2Error) {
    swap(&self.sending, &output)
    defer { swap(&self.sending, &output) }
    self.sendingLimit = limit
    while self.sending.readableBytes < limit {
      try self.sendReadyFrames()
      self.returnConnectionCredit()
      guard self.submitDueResets() else { break }
    }
    if unsafe nghttp2_session_want_write(self.engine) == 0 { self.replies.drained() }
  }

  /// Whether ``drain(into:limit:)`` would yield anything.
  package var wantsToSend: Bool {
    unsafe nghttp2_session_want_write(self.engine) != 0 || !self.resetsDue.isEmpty
  }

  private func sendReadyFrames() throws(HTTP2Error) {
    while self.sending.readableBytes < self.sendingLimit {
      var data: UnsafePointer<UInt8>?
      let length = unsafe nghttp2_session_mem_send(self.engine, &data)
      guard length > 0, let start = unsafe data else {
        return try self.check(Int32(clamping: length))
      }
      unsafe self.sending.writeBytes(UnsafeBufferPointer(start: start, count: length))
    }
  }

  /// Has clients stop sending what is of no use any more (RFC 9113 section 8.1). `false` if none.
  private func submitDueResets() -> Bool {
    guard !self.resetsDue.isEmpty else { return false }
    for id in self.resetsDue where self.streams[id] != nil {
      _ = unsafe nghttp2_submit_rst_stream(self.engine, 0, id.rawValue, HTTP2ErrorCode.noError.rawValue)
    }
    self.resetsDue.removeAll(keepingCapacity: true)
    return true
  }

  // MARK: What the callbacks do

  /// The engine has been promised a frame; what it is to know of it. Trailers are handed over with the
  /// last frame, which nghttp2_submit_trailer allows from here: they go out right after it.
  func promised(_ frame: OutboundQueue.Frame, of stream: HTTP2Stream) -> UInt32 {
    var flags: UInt32 = frame.length > 0 ? NGHTTP2_DATA_FLAG_NO_COPY.rawValue : 0
    guard frame.isLast else { return flags }
    flags |= NGHTTP2_DATA_FLAG_EOF.rawValue
    if case .trailers(let block) = stream.outbound.end {
      flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
      _ = unsafe block.withNameValues { fields, count in
        unsafe nghttp2_submit_trailer(self.engine, stream.id.rawValue, fields, count)
      }
    }
    return flags
  }

  /// Writes one DATA frame; `false` when the output has reached its limit and it must wait.
  func emitData(of stream: HTTP2Stream, header: UnsafeBufferPointer<UInt8>, length: Int) -> Bool {
    guard self.sending.readableBytes < self.sendingLimit else { return false }
    unsafe self.sending.writeBytes(header)
    stream.outbound.move(length, to: &self.sending)
    stream.pace.moved += length
    if stream.isCongested, stream.outbound.byteCount <= self.configuration.outboundLowWatermark {
      stream.isCongested = false
      self.record(.writable(stream.id))
    }
    return true
  }

  private func contentSent(on id: HTTP2StreamID, endStream: Bool) {
    switch self.role {
    case .client: self.streams[id]?.isSent = true
    case .server:
      guard endStream, let stream = self.streams[id], !stream.isInboundEnded else { return }
      self.resetsDue.append(id)
    }
  }

  func frameSent(_ frame: nghttp2_frame) {
    let header = unsafe frame.hd
    switch UInt32(header.type) {
    case NGHTTP2_HEADERS.rawValue, NGHTTP2_DATA.rawValue:
      self.contentFramesSent &+= 1
      let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      self.contentSent(on: HTTP2StreamID(header.stream_id), endStream: endsStream)
    case NGHTTP2_RST_STREAM.rawValue:
      let code = HTTP2ErrorCode(rawValue: unsafe frame.rst_stream.error_code)
      // A reset that this side chose is no one's offence.
      if self.role == .server, code != .noError, code != .cancel { _ = self.abuse.count(.provokedResets) }
    case NGHTTP2_GOAWAY.rawValue:
      self.hasSentGoAway = true
      let code = HTTP2ErrorCode(rawValue: unsafe frame.goaway.error_code)
      if code != .noError { self.goAwayError = code }
    default:
      break
    }
  }
}
