internal import CNGHTTP2

extension HTTP2Session {
  /// Makes libnghttp2's session. Its user data is set by ``bind(_:to:)`` once `self` exists.
  static func makeEngine(role: Role, configuration: HTTP2Configuration) throws(HTTP2Error) -> OpaquePointer {
    let callbacks = try unsafe Self.makeCallbacks()
    defer { unsafe nghttp2_session_callbacks_del(callbacks) }
    let options = try unsafe Self.makeOptions(configuration)
    defer { unsafe nghttp2_option_del(options) }
    var engine: OpaquePointer?
    let result =
      switch role {
      case .client: unsafe nghttp2_session_client_new2(&engine, callbacks, nil, options)
      case .server: unsafe nghttp2_session_server_new2(&engine, callbacks, nil, options)
      }
    guard result == 0, let engine = unsafe engine else { throw .engine(code: result) }
    return unsafe engine
  }

  private static func makeOptions(_ configuration: HTTP2Configuration) throws(HTTP2Error) -> OpaquePointer {
    var created: OpaquePointer?
    let result = unsafe nghttp2_option_new(&created)
    guard result == 0, let options = unsafe created else { throw .engine(code: result) }
    let limits = configuration.abuseLimits
    unsafe nghttp2_option_set_no_auto_window_update(options, 1)
    unsafe nghttp2_option_set_no_closed_streams(options, 1)
    unsafe nghttp2_option_set_max_outbound_ack(options, limits.unreadReplies)
    unsafe nghttp2_option_set_max_reserved_remote_streams(options, 0)
    unsafe nghttp2_option_set_max_send_header_block_length(options, 1 << 20)
    // libnghttp2 has limits of its own on these two; ours, which can be counted and reported, are
    // meant to be met first.
    unsafe nghttp2_option_set_stream_reset_rate_limit(
      options,
      UInt64(limits.streamResets.burst) * 2 + 1,
      UInt64(limits.streamResets.perSecond) * 2 + 1
    )
    unsafe nghttp2_option_set_max_continuations(options, limits.continuations + 1)
    return unsafe options
  }

  func submitInitialSettings() throws(HTTP2Error) {
    let settings = [
      (NGHTTP2_SETTINGS_ENABLE_PUSH, UInt32(0)),
      (NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, self.configuration.maxConcurrentStreams),
      (NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, UInt32(self.configuration.initialStreamWindow)),
      (NGHTTP2_SETTINGS_MAX_FRAME_SIZE, self.configuration.maxFrameSize),
      (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, UInt32(self.configuration.maxHeaderListSize)),
    ]
    // A server has no use for the push setting, and must not send it as enabled.
    let entries = settings.dropFirst(self.role == .server ? 1 : 0).map {
      nghttp2_settings_entry(settings_id: Int32($0.0.rawValue), value: $0.1)
    }
    let flags = UInt8(NGHTTP2_FLAG_NONE.rawValue)
    try self.check(unsafe nghttp2_submit_settings(self.engine, flags, entries, entries.count))
    let window = self.configuration.connectionWindow
    try self.check(unsafe nghttp2_session_set_local_window_size(self.engine, flags, 0, window))
  }

  func check(_ result: Int32) throws(HTTP2Error) {
    guard result < 0 else { return }
    switch nghttp2_error(rawValue: result) {
    case NGHTTP2_ERR_BAD_CLIENT_MAGIC: throw .badPreface
    case NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE: throw .streamIdentifiersExhausted
    case NGHTTP2_ERR_START_STREAM_NOT_ALLOWED, NGHTTP2_ERR_SESSION_CLOSING: throw .connectionClosing
    case NGHTTP2_ERR_FLOODED: throw .abuse(.unreadReplies)
    default: throw .engine(code: result)
    }
  }
}
