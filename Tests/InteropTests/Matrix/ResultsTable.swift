/// RESULTS.md.
enum ResultsTable {
  static var text: String {
    ([introduction, cases, trust, tools, reasons, leftOut, totals].joined(separator: "\n\n")) + "\n"
  }

  private static let introduction = """
    # Vigil and other implementations

    Written by the tests of this folder (`VIGIL_WRITE_RESULTS=1 swift test --filter InteropTests.ResultsTests`), which fail
    when it says what they do not find. Peers: **grpcio** as deploy/local/requirements-test.txt pins it, **C++ gRPC** of
    Debian 12. *calls*: the peer's client calls Vigil's server. *serves*: Vigil's client calls the peer's server. Each
    directly and through a gateway, and each of those in cleartext and over TLS unless the case says otherwise.
    ✓ passes; a number is the reason below why it cannot.
    """

  /// A column for each peer, direction and path.
  private static let columns: [(peer: Peer, direction: Direction, path: Path)] = Peer.allCases.flatMap { peer in
    Direction.allCases.flatMap { direction in Path.allCases.map { (peer, direction, $0) } }
  }

  private static var header: String {
    let names = columns.map { "\($0.peer.rawValue) \($0.direction.rawValue), \($0.path.rawValue)" }
    return "| case | " + names.joined(separator: " | ") + " |\n|---|" + columns.map { _ in ":-:|" }.joined()
  }

  private static var cases: String {
    let rows = InteropCase.allCases.map { interopCase in
      let marks = columns.map { mark(interopCase.obstacle($0.peer, $0.direction)) }
      let one = interopCase.securities.count == 1 ? interopCase.securities.map { " (\($0.rawValue))" }.joined() : ""
      return "| `\(interopCase.rawValue)`\(one) | " + marks.joined(separator: " | ") + " |"
    }
    let meanings = InteropCase.allCases.compactMap { interopCase in
      interopCase.meaning.map { "- `\(interopCase.rawValue)`: \($0)" }
    }
    return """
      ## Cases

      \(header)
      \(rows.joined(separator: "\n"))

      Those that are not gRPC's own:

      \(meanings.joined(separator: "\n"))
      """
  }

  private static var trust: String {
    let rows = TrustCase.allCases.map { trustCase in
      let marks = columns.map { mark(TrustCell.obstacle(trustCase, $0.direction, $0.path)) }
      return "| `\(trustCase.rawValue)` | " + marks.joined(separator: " | ") + " |"
    }
    return """
      ## Trust

      `mutual_tls` works, the others are refused with UNAVAILABLE before a method is called. Through the gateway, the gateway
      takes Vigil's part: as the server of the peer's client, or as the client of the peer's server.

      \(header)
      \(rows.joined(separator: "\n"))
      """
  }

  private static let tools = """
    ## Clients of HTTP/2 that know nothing of gRPC

    | tool | what | directly | through the gateway |
    |---|---|:-:|:-:|
    | curl | a call, in cleartext and over TLS; 415 and 405 for what is no gRPC; HTTP/1.1 is served nothing | ✓ | ✓ |
    | nghttp | the frames of a response; of an error: one HEADERS frame (trailers-only) | ✓ | ✓ |
    | h2load | 10,000 calls one after the other: none fails | ✓ | ✓ |
    | h2load | 5,000 calls, 1,000 at a time, in cleartext and over TLS: none fails | ✓ | ✓ |
    | Python's ssl | without ALPN, or with http/1.1 only, a client is served nothing | ✓ | ✓ |
    | Python's ssl | a server that does not agree to h2 is sent no request | ✓ | |

    A deadline of Vigil's client, grpcio's and C++ gRPC's ends the statement in PostgreSQL that the call waits for, directly
    and through the gateway; so does the cancellation of Vigil's client.
    """

  /// In the order in which they are first needed.
  private static let obstacles: [String] = {
    var found: [String] = []
    let all = Cell.all.compactMap(\.obstacle) + TrustCell.all.compactMap(\.obstacle)
    for obstacle in all where !found.contains(obstacle) { found.append(obstacle) }
    return found
  }()

  private static func mark(_ obstacle: String?) -> String {
    guard let obstacle, let index = obstacles.firstIndex(of: obstacle) else { return "✓" }
    return "\(index + 1)"
  }

  private static var reasons: String {
    "## Reasons\n\n" + obstacles.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
  }

  private static var leftOut: String {
    let lines = InteropCase.leftOut.sorted { $0.key < $1.key }.map { "- `\($0.key)`: \($0.value)" }
    return "Not tried:\n\n" + lines.joined(separator: "\n")
  }

  private static var totals: String {
    let cells = Cell.all.count
    let passing = Cell.all.count { $0.obstacle == nil }
    let trust = TrustCell.all.count
    let held = TrustCell.all.count { $0.obstacle == nil }
    return """
      Totals: \(cells) combinations of case, peer, direction, path and security, of which \(passing) are to pass and \
      \(cells - passing) cannot; \(trust) combinations of trust, of which \(held) are to hold and \(trust - held) do not \
      arise.
      """
  }
}
