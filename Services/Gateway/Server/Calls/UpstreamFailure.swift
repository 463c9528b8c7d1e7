/// How a try of a call at one instance came to nothing, and what that says about whether it was processed.
enum UpstreamFailure: Sendable, Equatable {
  /// No connection could be made; nothing was sent.
  case notConnected
  /// The instance closes the connection and said that it did not process this stream (RFC 9113 §6.8).
  case goneAway
  /// RST_STREAM with REFUSED_STREAM: not processed (RFC 9113 §8.7).
  case refused
  /// The connection has no room for a further stream; nothing was sent.
  case noCapacity
  /// The connection broke with the call in progress.
  case connectionLost
  /// RST_STREAM with another code.
  case reset(code: UInt32)
  /// What came back is not a gRPC response.
  case badResponse

  /// Whether the instance provably did not process the call.
  var isUnprocessed: Bool {
    switch self {
    case .notConnected, .goneAway, .refused, .noCapacity: true
    case .connectionLost, .reset, .badResponse: false
    }
  }

  /// Whether it speaks against the instance's health.
  var countsAgainstInstance: Bool {
    switch self {
    case .notConnected, .connectionLost, .badResponse: true
    case .goneAway, .refused, .noCapacity, .reset: false
    }
  }
}
