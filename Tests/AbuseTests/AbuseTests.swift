import Testing

/// Hostile clients against the gateway's own process, with TLS, before an echo; a well-behaved client beside each.
///
/// Time is measured and not judged here: `deploy/bench abuse` writes the table.
@Suite("Abuse of the gateway", .serialized, .timeLimit(.minutes(5)))
struct AbuseTests {
  @Test("floods", arguments: Abuse.floods)
  func floods(_ abuse: Abuse) async throws {
    try await self.check(abuse)
  }

  @Test("slow and greedy clients", arguments: Abuse.readers)
  func readers(_ abuse: Abuse) async throws {
    try await self.check(abuse)
  }

  @Test("connections that come to nothing", arguments: Abuse.connections)
  func connections(_ abuse: Abuse) async throws {
    try await self.check(abuse)
  }

  private func check(_ abuse: Abuse) async throws {
    let outcome = try await Laboratory.shared.observe(abuse)
    if !abuse.end.isEmpty {
      #expect(outcome.offenders.ends.keys.sorted() == [abuse.end])
      #expect(outcome.offenders.ends[abuse.end, default: 0] >= abuse.offenders)
    }
    #expect(outcome.offenders.resets["11", default: 0] >= abuse.resets)
    let counted = ([abuse.kind] + abuse.otherKinds).reduce(0) { $0 + outcome.counted[$1, default: 0] }
    #expect(counted >= max(abuse.resets, 1), "\(outcome.counted)")
    #expect(outcome.memoryGrowth <= abuse.memory)
    #expect(outcome.duringAbuse.failures == 0)
    #expect(outcome.duringAbuse.calls > 0)
    try outcome.writeRow(of: abuse)
  }
}
