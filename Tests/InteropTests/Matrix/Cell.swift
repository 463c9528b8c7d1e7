import Foundation
import Testing

/// One field of the table: a case between Vigil and a peer.
struct Cell: Sendable, Hashable, CustomTestStringConvertible {
  var interopCase: InteropCase
  var peer: Peer
  var direction: Direction
  var path: Path
  var security: Security

  var obstacle: String? { interopCase.obstacle(peer, direction) }

  var testDescription: String {
    "\(interopCase.rawValue): \(peer.rawValue) \(direction.rawValue), \(path.rawValue), \(security.rawValue)"
  }

  /// Those to try: all of them, or those of the cases that `VIGIL_INTEROP_CASES` names, with commas between.
  static var chosen: [Cell] {
    guard let names = ProcessInfo.processInfo.environment["VIGIL_INTEROP_CASES"]?.split(separator: ",") else {
      return all
    }
    return all.filter { names.contains(Substring($0.interopCase.rawValue)) }
  }

  static let all: [Cell] = InteropCase.allCases.flatMap { interopCase in
    Peer.allCases.flatMap { peer in
      Direction.allCases.flatMap { direction in
        Path.allCases.flatMap { path in
          interopCase.securities.map { security in
            Cell(interopCase: interopCase, peer: peer, direction: direction, path: path, security: security)
          }
        }
      }
    }
  }
}
