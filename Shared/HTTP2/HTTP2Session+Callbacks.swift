internal import CNGHTTP2
import NIOCore

// The trampolines from libnghttp2 to the session. Each finds the session in the user data and
// passes on values; none calls the engine but the one for data, which hands over the trailers that
// follow the last of it, as libnghttp2 asks for.

private let success: Int32 = 0
/// Stops the parser for good; ``HTTP2Session/receive(_:now:)`` then says why.
private let stop = Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)

/// Calls `body` with the session that the user data points to. Borrowed, not counted: the engine calls
/// only from within calls of the session itself.
private func withOwner(_ userData: UnsafeMutableRawPointer?, _ body: (HTTP2Session) -> Int32) -> Int32 {
  guard let userData = unsafe userData else { return stop }
  return unsafe Unmanaged<HTTP2Session>.fromOpaque(userData)._withUnsafeGuaranteedRef(body)
}

/// Calls `body` with the stream that a data provider points to; see ``HTTP2Session/dataProvider(for:)``.
private func withStream<Result>(
  _ source: UnsafeMutablePointer<nghttp2_data_source>?,
  else failure: Result,
  _ body: (HTTP2Stream) -> Result
) -> Result {
  guard let pointer = unsafe source?.pointee.ptr else { return failure }
  return unsafe Unmanaged<HTTP2Stream>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
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
      guard let header = unsafe header?.pointee else { return stop }
      return unsafe withOwner(userData) { $0.frameBegan(header) ? success : stop }
    }
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks) { _, frame, userData in
      guard let id = unsafe frame?.pointee.hd.stream_id else { return stop }
      return unsafe withOwner(userData) {
        $0.headersBegan(HTTP2StreamID(id))
        return success
      }
    }
    unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks) {
      _, _, name, nameLength, value, valueLength, flags, userData in
      let name = unsafe UnsafeBufferPointer(start: name, count: nameLength)
      let value = unsafe UnsafeBufferPointer(start: value, count: valueLength)
      let isSensitive = UInt32(flags) & NGHTTP2_NV_FLAG_NO_INDEX.rawValue != 0
      return unsafe withOwner(userData) { unsafe $0.fieldArrived(name, value, isSensitive) ? success : stop }
    }
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks) {
      _, _, id, data, length, userData in
      let address = UInt(bitPattern: data)
      return unsafe withOwner(userData) {
        $0.dataArrived(HTTP2StreamID(id), address: address, length: length)
        return success
      }
    }
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks) { _, frame, userData in
      guard let frame = unsafe frame else { return stop }
      return unsafe withOwner(userData) { unsafe $0.frameArrived(frame.pointee) ? success : stop }
    }
    unsafe nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks) { _, _, _, userData in
      unsafe withOwner(userData) {
        $0.openBlock = nil
        return $0.abuse.count(.invalidFrames) ? success : stop
      }
    }
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks) { _, id, code, userData in
      unsafe withOwner(userData) {
        $0.streamClosed(HTTP2StreamID(id), HTTP2ErrorCode(rawValue: code))
        return success
      }
    }
  }

  private static func setSendingCallbacks(_ callbacks: OpaquePointer) {
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks) { _, frame, userData in
      guard let frame = unsafe frame else { return stop }
      return unsafe withOwner(userData) {
        unsafe $0.frameSent(frame.pointee)
        return success
      }
    }
    unsafe nghttp2_session_callbacks_set_send_data_callback(callbacks) {
      _, _, header, length, source, userData in
      let header = unsafe UnsafeBufferPointer(start: header, count: 9)
      return unsafe withStream(source, else: stop) { stream in
        unsafe withOwner(userData) {
          unsafe $0.emitData(of: stream, header: header, length: length)
            ? success : Int32(NGHTTP2_ERR_WOULDBLOCK.rawValue)
        }
      }
    }
  }

  /// The engine's view of a stream's outbound queue. Unretained: the engine asks for data of open
  /// streams only, and the session keeps those.
  static func dataProvider(for stream: HTTP2Stream) -> nghttp2_data_provider {
    let source = unsafe nghttp2_data_source(ptr: Unmanaged.passUnretained(stream).toOpaque())
    return unsafe nghttp2_data_provider(source: source) { _, _, _, limit, flags, source, userData in
      unsafe withStream(source, else: Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)) { stream in
        guard let frame = stream.outbound.nextFrame(limit: limit) else {
          stream.isDeferred = true
          return Int(NGHTTP2_ERR_DEFERRED.rawValue)
        }
        _ = unsafe withOwner(userData) {
          unsafe flags?.pointee |= $0.promised(frame, of: stream)
          return success
        }
        return frame.length
      }
    }
  }
}
