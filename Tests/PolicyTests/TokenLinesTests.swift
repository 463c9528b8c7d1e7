import AIP
import Testing

@testable import Policy

@Suite("What a snapshot says of tokens")
struct TokenLinesTests {
  private func snapshot() throws -> PolicySnapshot {
    let keys = [TokenKey(id: "b", publicKey: Array(0..<32)), TokenKey(id: "a-1", publicKey: Array(224...255))]
    return PolicySnapshot(
      sequence: 7, issuedAt: Scenario.now, policy: try Policy.standard(), tokenKeys: keys.compactMap { $0 },
      endedSessions: [
        EndedSession(id: Scenario.id(2), until: Scenario.now.advanced(bySeconds: 300)),
        EndedSession(id: Scenario.id(1), until: .distantFuture),
      ])
  }

  @Test("reads back, in one order")
  func canonical() throws {
    let snapshot = try snapshot()
    let read = try PolicySnapshot(text: snapshot.canonicalText)
    #expect(Set(read.tokenKeys) == Set(snapshot.tokenKeys) && read.tokenKeys.count == 2)
    #expect(Set(read.endedSessions) == Set(snapshot.endedSessions) && read.endedSessions.count == 2)
    var other = snapshot
    other.tokenKeys.reverse()
    other.endedSessions.reverse()
    #expect(other.canonicalText == snapshot.canonicalText)
  }

  @Test(
    "is refused in another form",
    arguments: [
      "token-key a", "token-key a 00", "token-key A \(String(repeating: "0", count: 64))",
      "token-key a \(String(repeating: "0", count: 63))g", "token-key a \(String(repeating: "0", count: 66))",
      "token-key a \(String(repeating: "0", count: 64)) more", "ended-session x 1", "ended-session",
    ])
  func malformed(line: String) throws {
    let text = try snapshot().canonicalText + line + "\n"
    #expect(throws: PolicyTextError.self) { try PolicySnapshot(text: text) }
  }
}
