import Policy
import Testing

@Suite struct ExplanationTests {
  @Test func itSaysWhatHappenedInReadableText() throws {
    let context = try Scenario.reader(.hostState).with(
      try Scenario.grant([.exact]), try Scenario.grant([.kinMedical], purpose: .research))
    let facts = try Scenario.facts([(.host, "KEN"), (.implicated, "KEN")], caveats: [.hostageOngoing])
    let text = try Scenario.evaluator().explain(AccessRequest(context, resource: facts)).description
    #expect(text.hasPrefix("Allowed under policy version 1.\n"))
    for line in [
      "- acts as HST; reads this case as HST",
      "- its party is implicated: the conflict of interest beats every right",
      "- grant 1 does nothing: its grantee is in a conflict of interest and the Office of Legal Affairs has not cleared it",
      "- grant 2 does nothing: it is for another purpose",
      "lost to caveats: VICTIM_IDENTITY; lost to embargoes: nothing",
    ] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
    let core = text.split(separator: "\n").first { $0.hasPrefix("CORE ") }
    #expect(core?.split(separator: " ") == ["CORE", "CLEAR", "CLEAR", "CLEAR", "CLEAR"])
    #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test func aRefusalSaysWhy() throws {
    let context = try Scenario.reader(.contributor)
    let facts = try Scenario.facts([(.contributor, "KEN")])
    let request = AccessRequest(context, action: .write, classes: [.core], resource: facts)
    let explanation = try Scenario.evaluator().explain(request)
    #expect(explanation.description.hasPrefix("Denied under policy version 1: NOT_ENTITLED.\n"))
    let stranger = AccessRequest(context, resource: try Scenario.facts())
    #expect(
      try Scenario.evaluator().explain(stranger).description.hasPrefix("Denied under policy version 1: NO_RELATION.\n"))
  }

  @Test func everyRefusalOfAGrantHasWords() {
    let refusals: [PolicyEvaluator.GrantRefusal] = [
      .otherCase, .otherGrantee, .otherPurpose, .notInForce, .revoked, .selfApproved, .conditionsUnmet, .conflict,
    ]
    #expect(Set(refusals.map(\.text)).count == refusals.count)
  }

  /// Emergency, lock, and what each quality gives are steps too.
  @Test func everyRegimeLeavesAStep() throws {
    let glass = BreakGlass(
      principal: Scenario.person, caseID: Scenario.thisCase,
      period: Period(from: Scenario.now, until: .distantFuture), hasReason: true,
      notified: [Scenario.id(1), Scenario.id(2)])
    let context = try Scenario.reader(.missionFocalPoint, party: "minusca").with {
      $0.environment.emergencies = [glass]
      $0.environment.lockdowns = [Lockdown(mission: nil, mode: .readOnly)]
    }
    let request = AccessRequest(context, resource: try Scenario.facts([(.mission, "minusma")]))
    let explanation = try Scenario.evaluator().explain(request)
    #expect(explanation.steps.contains(.emergency(.missionFocalPoint)))
    #expect(explanation.description.contains("- emergency access as MFP\n"))
    #expect(explanation.description.contains("locked: read only"))
  }
}
