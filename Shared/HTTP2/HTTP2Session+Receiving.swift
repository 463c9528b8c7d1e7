internal import CNGHTTP2
package import NIOCore

extension HTTP2Session {
  /// Parses bytes from the peer. The events that they bring are fetched with ``nextEvent()``, also
  /// after an error was thrown: what came before the offence is valid.
  ///
  /// - Throws: ``HTTP2Error`` when the connection cannot go on. A GOAWAY is then queued: drain once
  ///   more and close.
  package func receive(_ buffer: ByteBuffer, now: NIODeadline = .now()) throws(HTTP2Error) {
    self.abuse.now = now
    self.receiving = buffer
    defer { self.receiving = ByteBuffer() }
    let result = unsafe buffer.withUnsafeReadableBytes { bytes in
      self.receivingBase = UInt(bitPattern: bytes.baseAddress)
      return unsafe nghttp2_session_mem_recv(self.engine, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
    self.returnConnectionCredit()
    if result >= 0, self.abuse.offence == nil {
      let queued = unsafe nghttp2_session_get_outbound_queue_size(self.engine)
      if self.replies.isExcessive(queued: queued, limit: self.abuse.limits.unreadReplies) {
        _ = self.abuse.exceed(.unreadReplies)
      }
    }
    if let offence = self.abuse.offence {
      self.terminate(.enhanceYourCalm)
      throw .abuse(offence)
    }
    try self.check(Int32(clamping: result))
  }

  // MARK: What the callbacks record

  func frameBegan(_ header: nghttp2_frame_hd) -> Bool {
    switch UInt32(header.type) {
    case NGHTTP2_CONTINUATION.rawValue:
      return self.abuse.countContinuation()
    case NGHTTP2_HEADERS.rawValue:
      self.abuse.beginHeaderBlock()
      return self.headersAreInPlace(header.stream_id) || self.abuse.count(.invalidFrames)
    case NGHTTP2_DATA.rawValue:
      let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      return header.length > 0 || endsStream || self.abuse.count(.emptyData)
    case NGHTTP2_PRIORITY.rawValue: return self.abuse.count(.priorities)
    case NGHTTP2_RST_STREAM.rawValue: return self.role == .client || self.abuse.count(.streamResets)
    case NGHTTP2_SETTINGS.rawValue: return self.abuse.count(.settings)
    case NGHTTP2_PING.rawValue: return self.pingBegan(header)
    case NGHTTP2_WINDOW_UPDATE.rawValue: return self.windowUpdateBegan()
    case NGHTTP2_GOAWAY.rawValue: return self.role == .client || self.abuse.count(.invalidFrames)
    case NGHTTP2_PUSH_PROMISE.rawValue: return true
    default: return self.abuse.count(.invalidFrames)
    }
  }

  /// Whether HEADERS open a stream or belong to an open one. On another the engine decodes and drops them (RFC 9113
  /// section 5.1: they may have crossed a reset), which is work.
  private func headersAreInPlace(_ id: Int32) -> Bool {
    if self.role == .client || self.streams[HTTP2StreamID(id)] != nil { return true }
    defer { self.highestStream = max(self.highestStream, id) }
    return id > self.highestStream
  }

  private func pingBegan(_ header: nghttp2_frame_hd) -> Bool {
    // Answers to our own are no one's offence, nor are pings between content that we send.
    if header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0, self.pingsUnanswered > 0 {
      self.pingsUnanswered -= 1
      return true
    }
    guard self.contentFramesSent == self.contentFramesAtLastPing else {
      self.contentFramesAtLastPing = self.contentFramesSent
      return true
    }
    return self.abuse.count(.pings)
  }

  private func windowUpdateBegan() -> Bool {
    guard self.role == .server else { return true }
    self.windowUpdatesExplained += 1
    guard self.windowUpdatesExplained > 4 * self.contentFramesSent else { return true }
    self.windowUpdatesExplained -= 1
    return self.abuse.count(.windowUpdates)
  }

  func headersBegan(_ id: HTTP2StreamID) {
    self.inbound.begin(memory: self.spareBlocks.take())
    if self.streams[id] == nil { self.streams[id] = HTTP2Stream(id: id, isKnownToUser: false) }
    self.openBlock = id
  }

  func fieldArrived(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>,
    _ isSensitive: Bool
  ) -> Bool {
    let limit = self.configuration.maxHeaderListSize
    unsafe self.inbound.append(name, value, sensitive: isSensitive, limit: limit)
    return self.inbound.oversize <= limit * self.abuse.limits.headerListFactor
      || self.abuse.exceed(.headerListBytes)
  }

  func dataArrived(_ id: HTTP2StreamID, address: UInt, length: Int) {
    self.framesReceived &+= 1
    let index = self.receiving.readerIndex + Int(address - self.receivingBase)
    guard let stream = self.streams[id], let slice = self.receiving.getSlice(at: index, length: length) else {
      self.connectionCredit += length
      return
    }
    stream.unconsumed += length
    if !self.configuration.holdsConnectionWindow { self.connectionCredit += length }
    self.record(.data(id, slice, endStream: false))
  }

  func frameArrived(_ frame: nghttp2_frame) -> Bool {
    self.framesReceived &+= 1
    let header = unsafe frame.hd
    let id = HTTP2StreamID(header.stream_id)
    let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
    let isAcknowledgement = header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
    if endsStream { self.markInboundEnd(id, header.type) }
    switch UInt32(header.type) {
    case NGHTTP2_HEADERS.rawValue:
      self.openBlock = nil
      if let stream = self.streams[id] { self.headersEnded(of: stream, endStream: endsStream) }
    case NGHTTP2_DATA.rawValue where endsStream:
      if self.streams[id] != nil { self.markEndOfData(id) }
    case NGHTTP2_RST_STREAM.rawValue:
      self.streams[id]?.resetByPeer = HTTP2ErrorCode(rawValue: unsafe frame.rst_stream.error_code)
    case NGHTTP2_SETTINGS.rawValue where !isAcknowledgement:
      self.settingsArrived()
    case NGHTTP2_PING.rawValue:
      self.record(isAcknowledgement ? .pong(unsafe Self.number(frame.ping.opaque_data)) : .ping)
    case NGHTTP2_GOAWAY.rawValue:
      unsafe self.goAwayArrived(frame.goaway)
    default:
      break
    }
    return true
  }

  private func markInboundEnd(_ id: HTTP2StreamID, _ type: UInt8) {
    // The flag's bit means other things on other frames.
    guard type == NGHTTP2_HEADERS.rawValue || type == NGHTTP2_DATA.rawValue else { return }
    self.streams[id]?.isInboundEnded = true
  }

  private func headersEnded(of stream: HTTP2Stream, endStream: Bool) {
    let block = self.inbound.take()
    stream.isKnownToUser = true
    if self.inbound.isOversized {
      self.record(.headersTooLarge(stream.id))
    } else if stream.hasInboundHeaders {
      self.record(.trailers(stream.id, block))
    } else if self.role == .client, block.bytes(of: ":status")?.first == UInt8(ascii: "1") {
      self.record(.informational(stream.id, block))
    } else {
      stream.hasInboundHeaders = true
      self.record(.headers(stream.id, block, endStream: endStream))
    }
  }

  private func goAwayArrived(_ frame: nghttp2_goaway) {
    self.hasReceivedGoAway = true
    let debug = unsafe UnsafeBufferPointer(start: frame.opaque_data, count: frame.opaque_data_len)
    self.record(
      .goAway(
        lastStreamID: HTTP2StreamID(unsafe frame.last_stream_id),
        HTTP2ErrorCode(rawValue: unsafe frame.error_code),
        debug: unsafe String(decoding: debug.prefix(256), as: UTF8.self)
      )
    )
  }

  func streamClosed(_ id: HTTP2StreamID, _ code: HTTP2ErrorCode) {
    guard let stream = self.streams[id] else { return }
    self.streams[id] = nil
    if self.openBlock == id { self.openBlock = nil }
    if self.configuration.holdsConnectionWindow { self.connectionCredit += stream.unconsumed }
    stream.outbound.removeAll()
    guard stream.isKnownToUser else { return }
    let reason: HTTP2CloseReason =
      switch (stream.resetByPeer, code) {
      case (.some(.refusedStream), _): .notProcessed
      case (.some(let reset), _): .resetByPeer(reset)
      case (.none, .noError): .finished
      case (.none, .refusedStream) where self.role == .client: .notProcessed
      case (.none, _): .resetLocally(code)
      }
    self.record(.closed(id, reason))
  }

  private static func number(_ bytes: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)) -> UInt64 {
    let all = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7]
    return all.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
