import AIP
import Policy
import Testing

/// What somebody is limited to on an occasion is less than it holds, and never more.
@Suite struct LimitTests {
  /// A role that excludes others does so also on an occasion on which it may not be acted by.
  @Test func whatIsExcludedStaysSo() throws {
    let evaluator = PolicyEvaluator(try .standard())
    func permitted(_ limit: ReaderSet) throws -> ReaderSet {
      var subject = Subject(
        principal: RecordID(high: 0, low: 1), party: try #require(PartyID("OIOS")),
        roles: [RoleAssignment(.auditor), RoleAssignment(.headquarters)], clearance: .confidential)
      subject.limit = limit
      return evaluator.permittedReaders(
        AccessContext(subject: subject, environment: Environment(now: PolicyTime(microseconds: 0))))
    }
    #expect(try permitted(.all) == [.auditor])
    #expect(try permitted([.headquarters]).isEmpty)
    #expect(try permitted([.auditor, .headquarters]) == [.auditor])
  }

  @Test func nobodyHandsOverWhatItIsLimitedFrom() throws {
    let evaluator = PolicyEvaluator(try .standard())
    let party = try #require(PartyID("UNOCC"))
    let now = PolicyTime(microseconds: 0)
    var subject = Subject(
      principal: RecordID(high: 0, low: 1), party: party, roles: [RoleAssignment(.safety)], clearance: .confidential)
    let delegation = Delegation(
      from: subject.principal, to: RecordID(high: 0, low: 2), party: party, readers: [.safety],
      delegatorRoles: subject.roles, period: Period(from: now, until: now.advanced(bySeconds: 60)))
    #expect(evaluator.refusal(of: delegation, by: subject, at: now) == nil)
    subject.limit = [.legal]
    #expect(evaluator.refusal(of: delegation, by: subject, at: now) == .notHeld([.safety]))
  }
}
