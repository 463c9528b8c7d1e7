/// # HTTP2
///
/// One HTTP/2 engine for servers, clients and proxies: libnghttp2's session, which does no I/O,
/// wrapped in safe Swift, and the SwiftNIO handler that moves its bytes.
///
/// - ``HTTP2Session``: a connection's protocol state. Bytes in, events out; calls in, bytes out.
/// - ``HTTP2ConnectionHandler``: one per channel; owns a session, gathers the writes of a tick into
///   one flush, keeps the timers (keepalive, idle, age), and tells an ``HTTP2ConnectionDelegate``.
/// - ``EventLoopTaskExecutor``: runs Swift tasks on an event loop, within the tick that woke them.
/// - ``HeaderBlock``, ``HTTP2Configuration``, ``HTTP2Event`` and the small values they need.
///
/// Nothing here knows of gRPC. May import: CNGHTTP2, NIOCore. It is the only module that may
/// write `unsafe` for libnghttp2; no pointer appears in any signature.
///
/// Everything here is confined to the event loop of its channel unless it says otherwise:
/// libnghttp2 allows one thread per session, and no session call from within its callbacks.
package enum HTTP2 {
  /// The version of HTTP/2 spoken through TLS ALPN (RFC 9113 section 3.2).
  package static let applicationProtocol = "h2"
}
