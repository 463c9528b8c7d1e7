/// Why a connection, or a call on it, failed.
package enum HTTP2Error: Error, Hashable, Sendable {
  /// The peer did not open with the HTTP/2 connection preface (RFC 9113 section 3.4).
  case badPreface
  /// The peer broke the protocol in a way that ends the connection.
  case protocolViolation(HTTP2ErrorCode)
  /// The peer went beyond one of ``HTTP2Configuration/AbuseLimits``.
  case abuse(HTTP2Abuse)
  /// The engine failed; the number is libnghttp2's.
  case engine(code: Int32)
  /// The connection takes no new streams: it is closing, or a GOAWAY was sent or received.
  case connectionClosing
  /// All stream identifiers of this connection are used up; open another connection.
  case streamIdentifiersExhausted
  /// The stream is closed or never was.
  case unknownStream
  /// A keepalive ping was not answered in time.
  case keepaliveTimeout
  /// The peer's SETTINGS did not arrive in time after the connection was made.
  case settingsTimeout
  /// Streams were still open when the time for a graceful shutdown had passed.
  case shutdownTimeout
  /// The transport below failed; the text is for operators.
  case transport(String)
}

extension HTTP2Error: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badPreface: "the peer did not send the HTTP/2 connection preface"
    case .protocolViolation(let code): "the peer violated HTTP/2 (\(code))"
    case .abuse(let abuse): "the peer exceeded the limit on \(abuse.rawValue)"
    case .engine(let code): "the HTTP/2 engine failed (\(code))"
    case .connectionClosing: "the connection is closing"
    case .streamIdentifiersExhausted: "the connection has used all its stream identifiers"
    case .unknownStream: "the stream is closed"
    case .keepaliveTimeout: "a keepalive ping was not answered"
    case .settingsTimeout: "the peer's settings did not arrive in time"
    case .shutdownTimeout: "streams were still open when the shutdown's time had passed"
    case .transport(let text): "the transport failed: \(text)"
    }
  }
}
