package import NIOCore

/// The clocks of one connection. `nil` switches a clock off.
package struct HTTP2Timeouts: Hashable, Sendable {
  /// From the connection being active to the peer's first SETTINGS.
  package var settings: TimeAmount? = .seconds(20)
  /// Without anything read for this long, a ping is sent.
  package var keepalive: TimeAmount?
  /// How long a keepalive ping may stay unanswered.
  package var keepaliveResponse: TimeAmount = .seconds(20)
  /// Whether keepalive pings are sent while no stream is open.
  package var keepaliveWithoutStreams = false
  /// Without an open stream for this long, the connection is closed gracefully.
  package var idle: TimeAmount?
  /// From the connection being active to its graceful close, spread by up to a tenth so that
  /// connections made together do not all end together.
  package var maxAge: TimeAmount?
  /// How long streams may finish once an idle or aged connection is being closed.
  package var closeGrace: TimeAmount? = .seconds(30)
  /// Server: the shortest interval between two pings of a client that sends nothing else.
  /// The third that comes sooner ends the connection with "too_many_pings".
  package var minPingInterval: TimeAmount?
  /// From the beginning of a header block to its end. A longer one ends the connection.
  package var headerBlock: TimeAmount? = .seconds(10)
  /// Server: how long a client may move less than `minimumRate` of what waits for it to be moved: content
  /// that it asked for and does not take, on a stream or in all, and messages that it has begun to send.
  /// Then the stream is reset, or the connection ended, with ENHANCE_YOUR_CALM.
  package var stall: TimeAmount?
  /// Bytes per second.
  package var minimumRate = 256

  package init() {}
}
