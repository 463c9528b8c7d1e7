package import NIOCore

/// What the peer did, in the order in which it did it.
package enum HTTP2Event {
  /// A request (server) or the final response (client).
  case headers(HTTP2StreamID, HeaderBlock, endStream: Bool)
  /// An interim response (client): its status is 1xx, and the final one follows.
  case informational(HTTP2StreamID, HeaderBlock)
  /// Fields after the content; they end the peer's side of the stream.
  case trailers(HTTP2StreamID, HeaderBlock)
  /// A slice of the received buffer. Its length counts against the windows until
  /// ``HTTP2Session/consume(_:bytes:)`` returns the credit.
  case data(HTTP2StreamID, ByteBuffer, endStream: Bool)
  /// A request or response whose header list was larger than the limit. The stream is still open:
  /// answer or reset it.
  case headersTooLarge(HTTP2StreamID)
  /// The stream's outbound queue fell below the low watermark after having passed the high one.
  case writable(HTTP2StreamID)
  /// The last event of a stream. Whatever was queued on it is gone, unreturned credit is returned.
  case closed(HTTP2StreamID, HTTP2CloseReason)
  /// The peer will process no stream of ours above `lastStreamID`; those end as `.notProcessed`.
  case goAway(lastStreamID: HTTP2StreamID, HTTP2ErrorCode, debug: String)
  /// The peer's settings, at the start and whenever they change.
  case settings(HTTP2PeerSettings)
  /// The peer asked for a sign of life; the answer is sent already.
  case ping
  /// The answer to ``HTTP2Session/ping(_:)``.
  case pong(UInt64)
}

/// The settings of the peer that matter to users of a connection.
package struct HTTP2PeerSettings: Hashable, Sendable {
  /// Streams that this side may have open at once.
  package var maxConcurrentStreams: UInt32
  /// The largest header list that the peer takes.
  package var maxHeaderListSize: UInt32
  /// The window that new streams start with.
  package var initialStreamWindow: UInt32
}
