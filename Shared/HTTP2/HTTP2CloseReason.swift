/// How a stream ended.
package enum HTTP2CloseReason: Hashable, Sendable {
  /// Both sides ended it in order.
  case finished
  /// The peer sent RST_STREAM.
  case resetByPeer(HTTP2ErrorCode)
  /// This side sent RST_STREAM, by ``HTTP2Session/reset(_:_:)`` or because the peer's message was
  /// malformed.
  case resetLocally(HTTP2ErrorCode)
  /// The peer provably did not process it: REFUSED_STREAM, beyond a GOAWAY's last stream, or never
  /// sent. Safe to send again on another connection.
  case notProcessed
  /// The connection ended; the peer may or may not have processed it.
  case connectionLost
}
