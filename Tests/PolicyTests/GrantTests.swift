import Policy
import Testing

/// Grants (5e): bound to a purpose, a time, a grantee and conditions; approved by another.
@Suite struct GrantTests {
  struct Trial: CustomTestStringConvertible {
    var testDescription: String
    var refusal: PolicyEvaluator.GrantRefusal?
    var change: @Sendable (inout Grant) -> Void

    init(
      _ description: String, _ refusal: PolicyEvaluator.GrantRefusal?,
      _ change: @escaping @Sendable (inout Grant) -> Void
    ) {
      testDescription = description
      self.refusal = refusal
      self.change = change
    }
  }

  static let trials: [Trial] = [
    Trial("as given", nil) { _ in },
    Trial("for another purpose", .otherPurpose) { $0.purpose = .research },
    Trial("expired this instant", .notInForce) { $0.period.until = Scenario.now },
    Trial("not begun", .notInForce) { $0.period.from = Scenario.now.advanced(bySeconds: 1) },
    Trial("begun this instant", nil) { $0.period.from = Scenario.now },
    Trial("revoked", .revoked) { $0.isRevoked = true },
    Trial("for another case", .otherCase) { $0.caseID = Scenario.id(2) },
    Trial("to another State", .otherGrantee) { $0.grantee = PartyID("NGA") ?? $0.grantee },
    Trial("to another person of the State", .otherGrantee) { $0.principal = Scenario.id(7) },
    Trial("to this person", nil) { $0.principal = Scenario.person },
    Trial("approved by whoever asked", .selfApproved) { $0.approver = $0.requester },
    Trial("approved by whoever uses it", .selfApproved) { $0.approver = Scenario.person },
    Trial("with a condition that is not met", .conditionsUnmet) { $0.conditions = [.noDeathPenalty] },
    Trial("with one of two conditions met", .conditionsUnmet) {
      $0.conditions = [.noDeathPenalty, .fairTrial]
      $0.fulfilled = [.fairTrial]
    },
    Trial("with its condition met", nil) {
      $0.conditions = [.noDeathPenalty]
      $0.fulfilled = [.noDeathPenalty, .fairTrial]
    },
    Trial("revoked and for another purpose", .otherPurpose) {
      $0.isRevoked = true
      $0.purpose = .research
    },
  ]

  @Test(arguments: trials) func aGrantHoldsForWhatItSaysAndNothingElse(_ trial: Trial) throws {
    let evaluator = try Scenario.evaluator()
    let grant = try Scenario.grant([.exact], change: trial.change)
    let context = try Scenario.reader(.hostState).with(grant)
    let request = AccessRequest(context, resource: try Scenario.facts([(.host, "KEN")]))
    let decision = evaluator.decide(request)
    let holds = trial.refusal == nil
    #expect(
      decision.disposition(.exact) == (holds ? Disposition(.clear, .none) : Disposition(.drop, .grantRequired)))
    #expect(decision.obligations.contains(.recordGrantUse) == holds)
    #expect(evaluator.usedGrants(request) == (holds ? [grant.id] : []))
    #expect(evaluator.explain(request).steps.contains(.grant(0, trial.refusal)))
    #expect(decision.disposition(.evidenceContent).transform == .absent, "a grant opens its own classes only")
  }

  @Test func withoutAPurposeNoGrantIsUsed() throws {
    var context = try Scenario.reader(.hostState).with(Scenario.grant([.exact]))
    context.purpose = nil
    let decision = try Scenario.evaluator().decide(
      AccessRequest(context, resource: try Scenario.facts([(.host, "KEN")])))
    #expect(decision.disposition(.exact).transform == .drop)
  }

  @Test func aGrantThatOpensNothingNewIsNotUsed() throws {
    let evaluator = try Scenario.evaluator()
    let context = try Scenario.reader(.hostState).with(
      try Scenario.grant([.core, .hostProgress]), try Scenario.grant([.exact], number: 301))
    let request = AccessRequest(context, resource: try Scenario.facts([(.host, "KEN")]))
    #expect(evaluator.usedGrants(request) == [Scenario.id(301)])
    // Nor is one of which an answer shows nothing.
    #expect(evaluator.usedGrants(request, showing: [.core, .hostProgress]).isEmpty)
  }

  @Test func aGrantIsNotARelation() throws {
    let context = try Scenario.reader(.hostState).with(Scenario.grant(.all, cleared: true))
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: try Scenario.facts()))
    #expect(!decision.isVisible)
  }

  /// A regional organization reads by grant alone, which is what the matrix says of it.
  @Test func aRegionalOrganizationReadsTheCoreByGrant() throws {
    let context = try Scenario.reader(.regionalOrganization, party: "AU")
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.facts()
    #expect(!evaluator.decide(AccessRequest(context, resource: facts)).isVisible)
    let granted = context.with(try Scenario.grant([.core], to: "AU"))
    #expect(evaluator.decide(AccessRequest(granted, resource: facts)).disposition(.core).transform == .clear)
  }

  @Test func passingOnNeedsTheGrantToSaySo() throws {
    for onward in [false, true] {
      let grant = try Scenario.grant([.exact]) { $0.allowsOnwardSharing = onward }
      let context = try Scenario.reader(.hostState).with(grant)
      let request = AccessRequest(
        context, action: .share, classes: [.exact], resource: try Scenario.facts([(.host, "KEN")]))
      let decision = try Scenario.evaluator().decide(request)
      #expect(decision.effect == (onward ? .allow : .deny))
      #expect(!decision.sharable.contains(.core), "what it reads without a grant it may not pass on either")
    }
  }

  // MARK: Approval

  struct Approval: CustomTestStringConvertible {
    var testDescription: String
    var refusal: GrantApprovalRefusal?
    var change: @Sendable (inout Grant) -> Void
  }

  static let approvals: [Approval] = [
    Approval(testDescription: "as asked for", refusal: nil) { _ in },
    Approval(testDescription: "no class", refusal: .noClass) { $0.classes = [] },
    Approval(testDescription: "empty period", refusal: .badPeriod) { $0.period.until = $0.period.from },
    Approval(testDescription: "in the past", refusal: .badPeriod) { $0.period.until = Scenario.now },
    Approval(testDescription: "for ever", refusal: .badPeriod) { $0.period.until = .distantFuture },
    Approval(testDescription: "too long", refusal: .badPeriod) {
      $0.period.until = $0.period.from.advanced(bySeconds: 365 * 86_400 + 1)
    },
    Approval(testDescription: "asked for by the approver", refusal: .selfApproved) { $0.requester = $0.approver },
    Approval(testDescription: "approved in another's name", refusal: .selfApproved) { $0.approver = Scenario.id(9) },
    Approval(testDescription: "to the approver's own unit", refusal: .approverBenefits) {
      $0.grantee = PartyID("DPO") ?? $0.grantee
    },
    Approval(testDescription: "cleared by who is not legal", refusal: .notLegal) { $0.isClearedByLegal = true },
    Approval(testDescription: "what no grant opens", refusal: .notGrantable([.submissions, .communications])) {
      $0.classes = [.submissions, .communications, .exact]
    },
    Approval(testDescription: "what no grant lifts", refusal: .notLiftable([.minor])) { $0.lifts = [.minor, .opsec] },
    Approval(testDescription: "what the approver does not see", refusal: .beyondApprover([.audit])) {
      $0.classes = [.audit, .exact]
    },
  ]

  @Test(arguments: approvals) func approvalIsBounded(_ approval: Approval) throws {
    let approver = try Scenario.reader(.headquarters, party: "DPO", principal: Scenario.id(201))
    var grant = try Scenario.grant([.exact], change: approval.change)
    // TRD's column lets submissions be granted: not in a policy without it.
    var policy = try Policy.standard()
    policy.matrix[Int(DataClass.submissions.rawValue)][Int(ReaderClass.forumState.rawValue)] = Cell([])
    grant.conditions = []
    let refusal = PolicyEvaluator(policy).refusal(of: grant, approver: approver, on: try Scenario.facts())
    #expect(refusal == approval.refusal)
  }

  @Test func onlyApproversApproveAndOnlyLegalClears() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.facts([(.mission, "minusma"), (.host, "NGA")])
    for reader in ReaderClass.allCases {
      let approver = try Scenario.reader(reader, party: "NGA", principal: Scenario.id(201))
      let plain = evaluator.refusal(of: try Scenario.grant([.exact]), approver: approver, on: facts)
      let cleared = evaluator.refusal(of: try Scenario.grant([.exact], cleared: true), approver: approver, on: facts)
      switch reader {
      case .headquarters: #expect(plain == nil && cleared == .notLegal)
      case .legal: #expect(plain == nil && cleared == nil)
      default: #expect(plain == .notAnApprover && cleared == .notAnApprover)
      }
    }
  }
}
