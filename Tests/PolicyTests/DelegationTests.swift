import AIP
import Policy
import Testing

/// Delegation while a focal point is away, and what cannot be got by it.
@Suite struct DelegationTests {
  private static let delegator = Scenario.id(300)

  private func delegation(_ readers: ReaderSet = [.missionFocalPoint], party: String = "DPO") throws -> Delegation {
    Delegation(
      from: Self.delegator, to: Scenario.person, party: try Scenario.party(party), readers: readers,
      delegatorRoles: [RoleAssignment(.missionFocalPoint, scope: try Scenario.party("minusma"))],
      period: Period(from: Scenario.now.advanced(bySeconds: -10), until: Scenario.now.advanced(bySeconds: 10)))
  }

  private func decide(_ delegation: Delegation, roles: [RoleAssignment] = []) throws -> Decision {
    let subject = Subject(
      principal: Scenario.person, party: try Scenario.party("DPO"), roles: roles, delegations: [delegation],
      clearance: .confidential)
    let context = AccessContext(subject: subject, environment: Environment(now: Scenario.now))
    return try Scenario.evaluator().decide(
      AccessRequest(context, resource: try Scenario.facts([(.mission, "minusma"), (.host, "KEN")])))
  }

  @Test func anAlternateActsForTheFocalPoint() throws {
    let decision = try decide(delegation())
    #expect(decision.isVisible && decision.writable.contains(.core))
    // With the alternate's own clearance.
    #expect(decision.disposition(.witness).reason == .clearance)
  }

  struct Trial: CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout Delegation) -> Void
  }

  static let trials: [Trial] = [
    Trial(testDescription: "revoked") { $0.isRevoked = true },
    Trial(testDescription: "over") { $0.period.until = Scenario.now },
    Trial(testDescription: "not begun") { $0.period.from = Scenario.now.advanced(bySeconds: 1) },
    Trial(testDescription: "to another") { $0.delegate = Scenario.id(9) },
    Trial(testDescription: "from oneself") { $0.delegator = Scenario.person },
    Trial(testDescription: "from another party") { $0.party = PartyID("KEN") ?? $0.party },
    Trial(testDescription: "of nothing") { $0.readers = [] },
    Trial(testDescription: "of a role that the delegator does not hold") {
      $0.delegatorRoles = []
      $0.readers = .all
    },
    Trial(testDescription: "of a role that the delegator no longer holds") {
      $0.delegatorRoles[0].period.until = Scenario.now
    },
    Trial(testDescription: "of a role for another mission") { $0.delegatorRoles[0].scope = PartyID("minusca") },
    Trial(testDescription: "of a role that cannot be handed over") {
      $0.delegatorRoles = [RoleAssignment(.legal), RoleAssignment(.auditor), RoleAssignment(.systemOperator)]
      $0.readers = .all
    },
    Trial(testDescription: "of a State's role, whatever the alternate's party wears") {
      $0.delegatorRoles = [RoleAssignment(.hostState, scope: PartyID("KEN"))]
      $0.readers = .all
    },
  ]

  @Test(arguments: trials) func aDelegationGivesNothingMore(_ trial: Trial) throws {
    var changed = try delegation()
    trial.change(&changed)
    #expect(try !decide(changed).isVisible)
  }

  struct Making: CustomTestStringConvertible {
    var testDescription: String
    var refusal: DelegationRefusal?
    var change: @Sendable (inout Delegation) -> Void = { _ in }
  }

  static let makings: [Making] = [
    Making(testDescription: "as it should be", refusal: nil),
    Making(testDescription: "over", refusal: .badPeriod) { $0.period.until = Scenario.now },
    Making(testDescription: "for ever", refusal: .badPeriod) { $0.period.until = .distantFuture },
    Making(testDescription: "to oneself", refusal: .notAnAlternate) { $0.delegate = delegator },
    Making(testDescription: "in another's name", refusal: .notAnAlternate) { $0.delegator = Scenario.id(9) },
    Making(testDescription: "to another party", refusal: .notAnAlternate) { $0.party = PartyID("KEN") ?? $0.party },
    Making(testDescription: "of a role that cannot be", refusal: .notDelegable([.legal])) { $0.readers.insert(.legal) },
    Making(testDescription: "of one not held", refusal: .notHeld([.safety])) { $0.readers.insert(.safety) },
    Making(testDescription: "of one held by delegation", refusal: .notHeld([.seniorFocalPoint])) {
      $0.readers = [.seniorFocalPoint]
    },
  ]

  @Test(arguments: makings) func whoHandsOverMustHold(_ making: Making) throws {
    let handedDown = Delegation(
      from: Scenario.id(5), to: Self.delegator, party: try Scenario.party("DPO"), readers: [.seniorFocalPoint],
      delegatorRoles: [RoleAssignment(.seniorFocalPoint)], period: .always)
    let delegator = Subject(
      principal: Self.delegator, party: try Scenario.party("DPO"),
      roles: [RoleAssignment(.missionFocalPoint, scope: try Scenario.party("minusma"))], delegations: [handedDown],
      clearance: .confidential)
    var asked = try delegation()
    making.change(&asked)
    #expect(try Scenario.evaluator().refusal(of: asked, by: delegator, at: Scenario.now) == making.refusal)
  }
}
