import HTTP2
import NIOCore

/// What serves one stream of a client: a forwarded call, or an answer of the gateway's own. All calls are on the event
/// loop of the connection.
protocol DownstreamCall: AnyObject {
  /// The call is known to its connection: start.
  func begin(endStream: Bool)
  /// The credit for the bytes is the receiver's to return, by ``DownstreamConnection/consume(_:bytes:)``.
  func requestData(_ bytes: ByteBuffer, endStream: Bool)
  /// More may be written to the client.
  func downstreamIsWritable()
  /// Looks at how fast the client sends a message that it has begun.
  /// - Parameter minimum: the bytes that should have come since the last look.
  func requestIsStalled(minimum: Int) -> Bool
  /// The last of the stream.
  func downstreamClosed(_ reason: HTTP2CloseReason)
}

extension DownstreamCall {
  func requestIsStalled(minimum: Int) -> Bool { false }
}
