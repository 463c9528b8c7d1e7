internal import CNGHTTP2
import NIOCore

// The trampolines from libnghttp2 to the session. Each finds the session in the user data and
// passes on values; none calls the engine.

private let success: Int32 = 0
/// Stops the parser for good; ``HTTP2Session/receive(_:now:)`` then says why.
private let stop = Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)

private func owner(_ userData: UnsafeMutableRawPointer?) -> HTTP2Session? {
  guard let userData = unsafe userData else { return nil }
  return unsafe Unmanaged<HTTP2Session>.fromOpaque(userData).takeUnretainedValue()
}

private func outgoingStream(_ source: UnsafeMutablePointer<nghttp2_data_source>?) -> HTTP2Stream? {
  guard let pointer = unsafe source?.pointee.ptr else { return nil }
  return unsafe Unmanaged<HTTP2Stream>.fromOpaque(pointer).takeUnretainedValue()
}

extension HTTP2Session {
  /// Lets the callbacks find the session. Unretained: the engine dies with the session.
  static func bind(_ engine: OpaquePointer, to session: HTTP2Session) {
    unsafe nghttp2_session_set_user_data(engine, Unmanaged.passUnretained(session).toOpaque())
  }

  static func makeCallbacks() throws(HTTP2Error) -> OpaquePointer {
    var created: OpaquePointer?
    let result = unsafe nghttp2_session_callbacks_new(&created)
    guard result == 0, let callbacks = unsafe created else { throw .engine(code: result) }
    unsafe Self.setReceivingCallbacks(callbacks)
    unsafe Self.setSendingCallbacks(callbacks)
    return unsafe callbacks
  }

  private static func setReceivingCallbacks(_ callbacks: OpaquePointer) {
    unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks) { _, header, userData in
      guard let header = unsafe header?.pointee, let session = unsafe owner(userData) else { return stop }
      return session.frameBegan(header) ? success : stop
    }
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks) { _, frame, userData in
      guard let id = unsafe frame?.pointee.hd.stream_id, let session = unsafe owner(userData) else { return stop }
      session.headersBegan(HTTP2StreamID(id))
      return success
    }
    unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks) {
      _, frame, name, nameLength, value, valueLength, flags, userData in
      guard let id = unsafe frame?.pointee.hd.stream_id, let session = unsafe owner(userData) else { return stop }
      let name = unsafe UnsafeBufferPointer(start: name, count: nameLength)
      let value = unsafe UnsafeBufferPointer(start: value, count: valueLength)
      let isSensitive = UInt32(flags) & NGHTTP2_NV_FLAG_NO_INDEX.rawValue != 0
      let accepted = unsafe session.fieldArrived(HTTP2StreamID(id), name, value, isSensitive)
      return accepted ? success : stop
    }
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks) {
      _, _, id, data, length, userData in
      guard let data = unsafe data, let session = unsafe owner(userData) else { return stop }
      session.dataArrived(HTTP2StreamID(id), address: UInt(bitPattern: data), length: length)
      return success
    }
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks) { _, frame, userData in
      guard let frame = unsafe frame, let session = unsafe owner(userData) else { return stop }
      return unsafe session.frameArrived(frame.pointee) ? success : stop
    }
    unsafe nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks) { _, _, _, userData in
      guard let session = unsafe owner(userData) else { return stop }
      session.openBlock = nil
      return session.abuse.count(.invalidFrames) ? success : stop
    }
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks) { _, id, code, userData in
      guard let session = unsafe owner(userData) else { return stop }
      session.streamClosed(HTTP2StreamID(id), HTTP2ErrorCode(rawValue: code))
      return success
    }
  }

  private static func setSendingCallbacks(_ callbacks: OpaquePointer) {
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks) { _, frame, userData in
      guard let frame = unsafe frame, let session = unsafe owner(userData) else { return stop }
      unsafe session.frameSent(frame.pointee)
      return success
    }
    unsafe nghttp2_session_callbacks_set_send_data_callback(callbacks) {
      _, _, header, length, source, userData in
      guard let outgoing = unsafe outgoingStream(source), let session = unsafe owner(userData) else { return stop }
      let header = unsafe UnsafeBufferPointer(start: header, count: 9)
      return unsafe session.emitData(of: outgoing, header: header, length: length)
        ? success : Int32(NGHTTP2_ERR_WOULDBLOCK.rawValue)
    }
  }

  /// The engine's view of a stream's outbound queue. Unretained: the engine asks for data of open
  /// streams only, and the session keeps those.
  static func dataProvider(for stream: HTTP2Stream) -> nghttp2_data_provider {
    let source = unsafe nghttp2_data_source(ptr: Unmanaged.passUnretained(stream).toOpaque())
    return unsafe nghttp2_data_provider(source: source) { _, _, _, limit, flags, source, userData in
      guard let outgoing = unsafe outgoingStream(source), let session = unsafe owner(userData) else {
        return Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
      }
      guard let frame = outgoing.outbound.nextFrame(limit: limit) else {
        outgoing.isDeferred = true
        return Int(NGHTTP2_ERR_DEFERRED.rawValue)
      }
      unsafe flags?.pointee |= session.flags(for: frame, of: outgoing)
      return frame.length
    }
  }
}
