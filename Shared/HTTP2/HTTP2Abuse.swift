/// What a misbehaving peer did too much of. The raw value is fit for a metric's label.
package enum HTTP2Abuse: String, Hashable, Sendable, CaseIterable {
  /// RST_STREAM frames received (CVE-2023-44487, "rapid reset").
  case streamResets = "stream_resets"
  /// Streams that the peer provoked this side to reset (CVE-2025-8671, "made you reset").
  case provokedResets = "provoked_resets"
  /// CONTINUATION frames after one HEADERS frame (CVE-2024-27316 and its like).
  case continuations
  /// Bytes of one header list, beyond what is refused gracefully.
  case headerListBytes = "header_list_bytes"
  /// PING frames, and answers to pings that nobody sent.
  case pings
  /// SETTINGS frames (CVE-2019-9515).
  case settings
  /// PRIORITY and PRIORITY_UPDATE frames (CVE-2019-9513).
  case priorities
  /// WINDOW_UPDATE frames beyond what content sent to the peer explains.
  case windowUpdates = "window_updates"
  /// DATA frames that carry nothing (CVE-2019-9518).
  case emptyData = "empty_data"
  /// Frames that are invalid, HEADERS on closed streams, and GOAWAY from a client. (Frames of unknown kinds are skipped, which costs no more
  /// than to receive them.)
  case invalidFrames = "invalid_frames"
  /// Replies that the peer provokes but does not read (CVE-2019-9512).
  case unreadReplies = "unread_replies"
  /// Keepalive pings more frequent than the server permits (gRPC's "too_many_pings").
  case keepalivePings = "keepalive_pings"
  /// A header block that does not come to its end (``HTTP2Timeouts/headerBlock``).
  case slowHeaders = "slow_headers"
  /// A message of a request that does not come to its end (``HTTP2Timeouts/stall``).
  case slowRequests = "slow_requests"
  /// Content that the peer asked for and does not take (``HTTP2Timeouts/stall``).
  case slowReads = "slow_reads"
  /// More content kept for the peer, which does not take it, than for any other when memory became short.
  case unreadContent = "unread_content"
}
