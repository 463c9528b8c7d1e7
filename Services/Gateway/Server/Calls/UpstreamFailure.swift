import HTTP2

/// How a try of a call at one instance came to nothing, and what that says about whether it was processed.
enum UpstreamFailure: Sendable, Equatable {
  /// No connection could be made, or none is left to take the call; nothing was sent.
  case notConnected
  /// The instance provably did not process the stream: a GOAWAY below it, or RST_STREAM with REFUSED_STREAM
  /// (RFC 9113 §6.8, §8.7).
  case notProcessed
  /// The connection broke with the call in progress.
  case connectionLost
  /// The instance ended the stream with RST_STREAM and another code.
  case reset(HTTP2ErrorCode)
  /// What came back is not a valid response.
  case badResponse

  /// - Returns: nil when the stream ended in order.
  init?(_ reason: HTTP2CloseReason) {
    switch reason {
    case .finished: return nil
    case .notProcessed: self = .notProcessed
    case .connectionLost: self = .connectionLost
    case .resetByPeer(let code): self = .reset(code)
    case .resetLocally: self = .badResponse
    }
  }

  /// Whether the instance provably did not process the call.
  var isUnprocessed: Bool {
    switch self {
    case .notConnected, .notProcessed: true
    case .connectionLost, .reset, .badResponse: false
    }
  }

  /// Whether the call itself speaks against the instance's health. Failing to connect and losing a connection do too,
  /// and are counted once per connection and not once per call.
  var countsAgainstInstance: Bool { self == .badResponse }
}
