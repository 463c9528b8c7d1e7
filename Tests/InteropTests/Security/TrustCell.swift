import Testing

/// One field of the table of trust.
///
/// Through the gateway it is the gateway that takes Vigil's part: as the server that a peer's client connects to, or as the
/// client of the peer's server.
struct TrustCell: Sendable, Hashable, CustomTestStringConvertible {
  var trustCase: TrustCase
  var peer: Peer
  var direction: Direction
  var path: Path

  var testDescription: String { "\(trustCase.rawValue): \(peer.rawValue) \(direction.rawValue), \(path.rawValue)" }

  /// Why the case does not arise.
  var obstacle: String? { Self.obstacle(trustCase, direction, path) }

  static func obstacle(_ trustCase: TrustCase, _ direction: Direction, _ path: Path) -> String? {
    switch (trustCase, direction, path) {
    case (.expiredServerCertificate, .calls, _), (.expiredClientCertificate, .serves, _):
      // Held by the tests of module TLS.
      "Vigil does not start with an expired certificate of its own"
    case (.noClientCertificate, .calls, .gateway):
      "the gateway's public listener asks for a certificate and takes clients without"
    case (.noClientCertificate, .serves, .gateway):
      "a gateway that speaks TLS to instances always shows its own certificate"
    default: nil
    }
  }

  static let all: [TrustCell] = TrustCase.allCases.flatMap { trustCase in
    Peer.allCases.flatMap { peer in
      Direction.allCases.flatMap { direction in
        Path.allCases.map { path in
          TrustCell(trustCase: trustCase, peer: peer, direction: direction, path: path)
        }
      }
    }
  }
}
