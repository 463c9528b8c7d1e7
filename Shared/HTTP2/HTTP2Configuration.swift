/// What one side of a connection offers its peer and bears from it.
package struct HTTP2Configuration: Hashable, Sendable {
  /// Streams that the peer may have open at once. Always advertised: without it a peer may open
  /// as many as it likes. 0 for a client, which accepts no pushes.
  package var maxConcurrentStreams: UInt32 = 100
  /// Bytes that the peer may send on a stream before credit is returned. At most 2^31 - 1.
  package var initialStreamWindow: Int32 = 256 * 1024
  /// Bytes that the peer may send on all streams together before credit is returned.
  package var connectionWindow: Int32 = 1024 * 1024
  /// Whether content counts against the connection's window until it is consumed, or only against its
  /// stream's. A proxy's connection carries the calls of many: there one that does not read must not
  /// stop the others.
  package var holdsConnectionWindow = true
  /// The largest frame payload that the peer may send, 16,384 to 16,777,215 bytes.
  package var maxFrameSize: UInt32 = 16_384
  /// The largest header list, counted as RFC 9113 section 6.5.2 does (32 bytes per field added).
  /// A larger one is reported as ``HTTP2Event/headersTooLarge(_:)``.
  package var maxHeaderListSize: Int = 16 * 1024
  /// For both sides of what stands behind a gateway: the gateway adds fields of its own to the largest list that it takes.
  package static let maxHeaderListSizeBehindGateway = 64 * 1024
  /// Bytes queued on a stream from which it counts as not writable.
  package var outboundHighWatermark: Int = 64 * 1024
  /// Bytes queued on a stream below which it is writable again.
  package var outboundLowWatermark: Int = 16 * 1024
  /// Bounds on what only a broken or hostile peer does.
  package var abuseLimits = AbuseLimits()

  package init() {}
}

extension HTTP2Configuration {
  /// A peer that goes beyond one of these is sent GOAWAY with ENHANCE_YOUR_CALM and closed.
  package struct AbuseLimits: Hashable, Sendable {
    /// A token bucket: `burst` at once, refilled at `perSecond`.
    package struct Rate: Hashable, Sendable {
      package var burst: Int
      package var perSecond: Int

      package init(burst: Int, perSecond: Int) {
        self.burst = burst
        self.perSecond = perSecond
      }
    }

    /// A proxy whose callers give up together resets many streams at once and means no harm; at this
    /// rate resets cost less than the requests that a connection may make anyway.
    package var streamResets = Rate(burst: 2_000, perSecond: 1_000)
    package var provokedResets = Rate(burst: 100, perSecond: 10)
    /// Pings while content flows are not counted: gRPC's implementations measure the path with them,
    /// as often as once per round trip.
    package var pings = Rate(burst: 100, perSecond: 10)
    package var settings = Rate(burst: 50, perSecond: 5)
    package var priorities = Rate(burst: 500, perSecond: 50)
    /// Not counted are four for each frame of content that was sent: two give its credit back, and some peers do that
    /// in smaller portions.
    package var windowUpdates = Rate(burst: 1_000, perSecond: 100)
    package var emptyData = Rate(burst: 200, perSecond: 50)
    package var invalidFrames = Rate(burst: 200, perSecond: 20)
    /// CONTINUATION frames for one header block.
    package var continuations = 8
    /// Header lists larger than this many times `maxHeaderListSize` end the connection instead of
    /// the stream.
    package var headerListFactor = 4
    /// Replies (acknowledgements and resets) waiting to be read by the peer.
    package var unreadReplies = 1_000

    package init() {}
  }
}
