import HTTP2
import NIOCore

/// The user of one stream to an instance: a forwarded call, or one of the gateway's own. All calls are on the event
/// loop of the connection.
protocol UpstreamCall: AnyObject {
  /// There is a connection: open a stream on it.
  func upstreamIsReady(_ connection: UpstreamConnection)
  /// There is no connection and there will be none.
  func upstreamIsUnavailable()

  func upstreamHead(_ block: HeaderBlock, endStream: Bool)
  /// The credit for the bytes is the receiver's to return, by ``UpstreamConnection/consume(_:bytes:)``.
  func upstreamData(_ bytes: ByteBuffer, endStream: Bool)
  func upstreamTrailers(_ block: HeaderBlock)
  /// More may be written to the stream.
  func upstreamIsWritable()
  /// The last of a stream.
  func upstreamClosed(_ reason: HTTP2CloseReason)
}
