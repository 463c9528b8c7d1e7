import HTTP2

/// What a client was cut off or refused for. The label is fit for a metric.
enum Offence: Hashable, Sendable {
  /// Frames that are each allowed and too many or too slow.
  case abuse(HTTP2Abuse)
  /// Frames that HTTP/2 forbids, and no HTTP/2 at all.
  case violation
  /// No settings in time after the TLS handshake.
  case slowSettings
  /// A TLS handshake that did not end in time.
  case slowHandshake
  /// A TLS handshake that failed: another version, no common application protocol, a certificate of no authority.
  case failedHandshake
  /// The oldest TLS handshake, ended because there were too many at a time.
  case handshakes
  /// Too many connections.
  case connections
  /// Too many calls at a time.
  case calls

  /// Nil for the ends of a connection that are no one's offence.
  init?(_ error: HTTP2Error) {
    switch error {
    case .abuse(let abuse): self = .abuse(abuse)
    case .badPreface, .protocolViolation: self = .violation
    case .settingsTimeout: self = .slowSettings
    default: return nil
    }
  }

  /// Whether it is work that was too much, which a new connection would begin anew.
  var isFlood: Bool {
    switch self {
    case .abuse(.slowHeaders), .abuse(.slowReads), .abuse(.slowRequests), .abuse(.keepalivePings): false
    case .abuse: true
    default: false
    }
  }

  var label: String {
    switch self {
    case .abuse(let abuse): abuse.rawValue
    case .violation: "protocol_violations"
    case .slowSettings: "slow_settings"
    case .slowHandshake: "slow_handshakes"
    case .failedHandshake: "failed_handshakes"
    case .handshakes: "handshakes"
    case .connections: "connections"
    case .calls: "calls"
    }
  }

  static let all: [Offence] =
    HTTP2Abuse.allCases.map(Offence.abuse)
    + [.violation, .slowSettings, .slowHandshake, .failedHandshake, .handshakes, .connections, .calls]
}
