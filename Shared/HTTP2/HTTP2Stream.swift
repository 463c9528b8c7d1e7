/// What a session knows of one open stream.
final class HTTP2Stream {
  let id: HTTP2StreamID
  var outbound = OutboundQueue()
  /// Whether the user has been told of this stream, or made it.
  var isKnownToUser: Bool
  /// The final header section has been received; the next one is trailers.
  var hasInboundHeaders = false
  /// The peer has ended its side.
  var isInboundEnded = false
  /// The engine asked for data when there was none and waits to be resumed.
  var isDeferred = false
  /// The outbound queue passed the high watermark and the user waits for `writable`.
  var isCongested = false
  /// This side's header section is with the engine.
  var hasOutboundHeaders = false
  /// This side's header section is on its way to the peer.
  var isSent = false
  /// DATA received for which no credit has been returned.
  var unconsumed = 0
  var resetByPeer: HTTP2ErrorCode?
  /// How fast the peer takes what is queued here.
  var pace = Pace()

  init(id: HTTP2StreamID, isKnownToUser: Bool) {
    self.id = id
    self.isKnownToUser = isKnownToUser
  }
}
