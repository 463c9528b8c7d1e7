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
    guard trustCase == .noClientCertificate, path == .gateway else { return nil }
    return direction == .calls
      ? "the gateway's public listener asks for a certificate and takes clients without"
      : "a gateway that speaks TLS to instances always shows its own certificate"
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
