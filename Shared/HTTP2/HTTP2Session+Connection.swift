internal import CNGHTTP2

extension HTTP2Session {
  /// Says that no new streams will be taken, while those in flight finish (server: the first step
  /// of a graceful shutdown, RFC 9113 section 6.8). Follow it with ``goAway(_:debug:)`` one round
  /// trip later.
  package func announceShutdown() {
    guard self.role == .server, !self.hasSentGoAway else { return }
    _ = unsafe nghttp2_submit_shutdown_notice(self.engine)
  }

  /// Sends GOAWAY naming the last stream that this side processed. Open streams go on.
  package func goAway(_ code: HTTP2ErrorCode = .noError, debug: StaticString = "") {
    let last = unsafe nghttp2_session_get_last_proc_stream_id(self.engine)
    debug.withUTF8Buffer { text in
      _ = unsafe nghttp2_submit_goaway(self.engine, 0, last, code.rawValue, text.baseAddress, text.count)
    }
  }

  /// Sends GOAWAY and ends the session: nothing is received any more, and once drained
  /// ``isFinished`` is true.
  package func terminate(_ code: HTTP2ErrorCode) {
    _ = unsafe nghttp2_session_terminate_session(self.engine, code.rawValue)
  }

  /// Sends a ping; the answer is ``HTTP2Event/pong(_:)`` with the same number.
  package func ping(_ number: UInt64) {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    self.pingsUnanswered += 1
    _ = unsafe nghttp2_submit_ping(self.engine, 0, bytes)
  }

  /// Neither side has anything more to say: close the transport.
  package var isFinished: Bool {
    unsafe nghttp2_session_want_read(self.engine) == 0 && nghttp2_session_want_write(self.engine) == 0
  }

  /// Whether the peer takes a new request on this connection (client).
  package var canStartStreams: Bool {
    guard self.role == .client, !self.hasReceivedGoAway, !self.hasSentGoAway else { return false }
    return unsafe nghttp2_session_check_request_allowed(self.engine) != 0
  }

  /// The peer's settings as known now; before its SETTINGS frame, the protocol's defaults with 100
  /// concurrent streams.
  package var peerSettings: HTTP2PeerSettings {
    HTTP2PeerSettings(
      maxConcurrentStreams: self.peerSetting(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS),
      maxHeaderListSize: self.peerSetting(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE),
      initialStreamWindow: self.peerSetting(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE)
    )
  }

  private func peerSetting(_ id: nghttp2_settings_id) -> UInt32 {
    unsafe nghttp2_session_get_remote_settings(self.engine, id)
  }

  func settingsArrived() {
    self.hasReceivedSettings = true
    self.record(.settings(self.peerSettings))
  }

  /// Ends every stream because the transport is gone. Requests never sent end as `.notProcessed`.
  package func abandon() {
    for id in self.streams.streamIDs {
      guard let stream = self.streams[id] else { continue }
      self.streams[id] = nil
      guard stream.isKnownToUser else { continue }
      let wasSent = self.role == .server || stream.isSent
      self.record(.closed(id, wasSent ? .connectionLost : .notProcessed))
    }
  }
}
