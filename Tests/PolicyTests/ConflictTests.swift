import Policy
import Testing

/// A conflict of interest beats the union of rights (5, feature 2; 5h, invariant 3).
@Suite struct ConflictTests {
  private let beyondReach: [DataClass] = [.witness, .kinMedical, .privileged]

  /// The host, contributor and nationality State of its own local staff, implicated.
  private func implicated() throws -> CaseFacts {
    try Scenario.facts([(.host, "KEN"), (.contributor, "KEN"), (.nationality, "KEN"), (.implicated, "KEN")])
  }

  private func everyState() throws -> AccessContext {
    var context = try Scenario.reader(.hostState)
    context.subject.roles = [.hostState, .contributor, .nationalityState, .forumState].map { RoleAssignment($0) }
    return context
  }

  /// Invariant 3: a local-staff victim in a host-implicated case.
  @Test func anImplicatedHostSeesNoWitnessUnderAnyGrant() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try implicated()
    let own = try Scenario.record(owner: "KEN")
    for cleared in [false, true] {
      for lifts: CaveatSet in [[], .all] {
        for purpose in Purpose.allCases {
          let grant = try Scenario.grant(.all, purpose: purpose, cleared: cleared) { $0.lifts = lifts }
          let context = try everyState().with {
            $0.purpose = purpose
            $0.environment.grants = [grant]
          }
          let decision = evaluator.decide(AccessRequest(context, resource: facts))
          for dataClass in beyondReach {
            #expect(decision.disposition(dataClass, in: own).transform == .absent, "\(dataClass)")
            #expect(decision.disposition(dataClass).transform == .absent, "\(dataClass)")
          }
        }
      }
    }
  }

  /// The same host, not implicated, with the same grant: so it is the conflict that made the difference.
  @Test func withoutTheConflictAClearedGrantOpensWitnesses() throws {
    let facts = try Scenario.facts([(.host, "KEN")])
    for cleared in [false, true] {
      let context = try everyState().with(Scenario.grant([.witness], cleared: cleared))
      let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: facts))
      #expect(decision.disposition(.witness).transform == (cleared ? .clear : .absent))
    }
  }

  @Test func anImplicatedPartyUsesOnlyClearedGrants() throws {
    let facts = try Scenario.facts([(.host, "KEN"), (.implicated, "KEN")])
    for cleared in [false, true] {
      let context = try everyState().with(Scenario.grant([.exact], cleared: cleared))
      let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: facts))
      #expect(decision.disposition(.exact).transform == (cleared ? .clear : .drop))
    }
  }

  @Test func anAllegedPerpetratorWithoutAnotherHatGetsNothing() throws {
    let context = try everyState().with(Scenario.grant(.all, cleared: true))
    let decision = try Scenario.evaluator().decide(
      AccessRequest(context, resource: try Scenario.facts([(.implicated, "KEN")])))
    #expect(!decision.isVisible && decision.effect == .deny)
  }

  @Test func anotherPartysConflictChangesNothing() throws {
    let evaluator = try Scenario.evaluator()
    let with = evaluator.decide(
      AccessRequest(try everyState(), resource: try Scenario.facts([(.host, "KEN"), (.implicated, "NGA")])))
    let without = evaluator.decide(AccessRequest(try everyState(), resource: try Scenario.facts([(.host, "KEN")])))
    #expect(with == without)
  }

  /// What the suspected party is told says nothing of the suspicion.
  @Test func theReasonIsNotDisclosed() throws {
    let context = try everyState()
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: try implicated()))
    let found = decision.disposition(.kinMedical, in: try Scenario.record(owner: "KEN"))
    #expect(found.reason == .conflictOfInterest && found.reason.disclosed == .notEntitled)
    // Nor is a grant promised that would not help.
    #expect(decision.disposition(.witness).reason == .conflictOfInterest)
    #expect(Reason.lockdown.disclosed == .notEntitled && Reason.clearance.disclosed == .clearance)
  }
}
