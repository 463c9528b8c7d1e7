import Policy
import Testing

/// Attempts to grow privileges at the level of the policy: roles, grants, delegation, purposes, actions.
@Suite struct AttackTests {
  private func decide(_ context: AccessContext, _ facts: CaseFacts) throws -> Decision {
    try Scenario.evaluator().decide(AccessRequest(context, resource: facts))
  }

  @Test func everyStateRoleAtOnceGivesNothingWithoutAHat() throws {
    var context = try Scenario.reader(.hostState).with(try Scenario.grant(.all, cleared: true))
    context.subject.roles = [.hostState, .contributor, .nationalityState, .forumState, .councilReader].map {
      RoleAssignment($0)
    }
    #expect(try !decide(context, try Scenario.facts([(.host, "NGA"), (.contributor, "UGA")])).isVisible)
  }

  @Test func aRoleOfAnotherScopeDoesNotBorrowTheOwnHat() throws {
    var context = try Scenario.reader(.hostState)
    context.subject.roles[0].scope = try Scenario.party("NGA")
    #expect(try !decide(context, try Scenario.facts([(.host, "KEN")])).isVisible)
  }

  @Test func separatedDutiesDoNotMix() throws {
    let facts = try Scenario.related()
    var context = try Scenario.reader(.headquarters)
    context.subject.roles.append(RoleAssignment(.systemOperator))
    #expect(try !decide(context, facts).isVisible, "an operator who is also a case officer is an operator")
    context.subject.roles = [RoleAssignment(.headquarters), RoleAssignment(.auditor)]
    #expect(try !decide(context, facts).isVisible, "an auditor is no case officer, whatever the purpose")
    context.purpose = .audit
    #expect(try decide(context, facts).readers == [.auditor])
    context.subject.roles = [RoleAssignment(.auditor), RoleAssignment(.systemOperator)]
    #expect(try decide(context, facts).readers.isEmpty)
  }

  @Test func anOperatorWithEveryGrantDecryptsNothing() throws {
    for purpose in Purpose.allCases {
      let context = try Scenario.reader(.systemOperator, purpose: purpose).with(
        try Scenario.grant(.all, purpose: purpose, cleared: true) { $0.lifts = .all })
      for gate in DataClass.allCases {
        let decision = try Scenario.evaluator().decide(
          AccessRequest(context, gate: gate, resource: try Scenario.related()))
        #expect(decision.decryptable.isEmpty && decision.isVisible == (gate == .audit))
      }
    }
  }

  @Test func onePurposeDoesNotOpenAnothersGrant() throws {
    let facts = try Scenario.facts([(.host, "KEN")])
    for held in Purpose.allCases {
      for stated in Purpose.allCases {
        let grant = try Scenario.grant([.exact], purpose: held)
        let context = try Scenario.reader(.hostState, purpose: stated).with(grant)
        #expect(try (decide(context, facts).disposition(.exact).transform == .clear) == (held == stated))
      }
    }
  }

  /// Two half grants do not make a whole one.
  @Test func grantsDoNotCombine() throws {
    let facts = try Scenario.facts([(.host, "KEN")])
    // Cleared for another class; not cleared for witnesses.
    let cleared = try Scenario.grant([.exact], cleared: true)
    let uncleared = try Scenario.grant([.witness])
    let context = try Scenario.reader(.hostState).with(cleared, uncleared)
    #expect(try decide(context, facts).disposition(.witness).transform == .absent)
    // Lifts for another class; opens without lifting.
    let lifting = try Scenario.grant([.evidenceRegister]) { $0.lifts = [.opsec] }
    let opening = try Scenario.grant([.exact])
    let both = try Scenario.reader(.hostState).with(lifting, opening)
    let narrowed = try Scenario.facts([(.host, "KEN")], caveats: [.opsec])
    #expect(try decide(both, narrowed).disposition(.exact).transform == .generalise)
  }

  @Test func readingIsNotWritingAndProposingIsNotEither() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.related()
    func mayDo(_ reader: ReaderClass, _ action: Action, _ classes: DataClassSet) throws -> Bool {
      evaluator.decide(
        AccessRequest(try Scenario.reader(reader), action: action, classes: classes, resource: facts)
      ).effect == .allow
    }
    #expect(try mayDo(.hostState, .propose, [.hostProgress, .suspectIdentity]))
    #expect(try !mayDo(.hostState, .propose, [.hostProgress, .core]), "one of them is not proposable")
    #expect(try !mayDo(.hostState, .write, [.hostProgress]))
    #expect(try !mayDo(.hostState, .share, [.core]) && !mayDo(.legal, .write, [.core]))
    #expect(try mayDo(.headquarters, .propose, [.core]), "whoever may write may propose")
    #expect(try mayDo(.contributor, .contribute, [.submissions]) && !mayDo(.hostState, .contribute, [.submissions]))
    for action in Action.allCases where action != .read {
      #expect(try !mayDo(.headquarters, action, []), "an action on nothing is not allowed")
    }
  }

  /// Invariant 16, at this level: a proposal waits for validation.
  @Test func aProposalWaitsForValidation() throws {
    let evaluator = try Scenario.evaluator()
    for (reader, waits) in [(ReaderClass.hostState, true), (.missionFocalPoint, false)] {
      let request = AccessRequest(
        try Scenario.reader(reader), action: .propose, classes: [.hostProgress], resource: try Scenario.related())
      let decision = evaluator.decide(request)
      #expect(decision.effect == .allow && decision.obligations.contains(.awaitValidation) == waits)
      #expect(decision.writable.contains(.hostProgress) != waits)
    }
  }

  @Test func whatCannotBeReadCannotBeWritten() throws {
    let context = try Scenario.reader(.headquarters, clearance: .confidential)
    let request = AccessRequest(context, action: .write, classes: [.witness], resource: try Scenario.facts())
    #expect(try Scenario.evaluator().decide(request).effect == .deny)
  }
}
