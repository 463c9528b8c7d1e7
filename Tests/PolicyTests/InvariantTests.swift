import Policy
import Testing

/// What holds for every subject and case (5h), tried on generated ones under the standard policy and generated ones.
/// (2, 3 and 4 are also tried one by one: ``RelationTests``, ``ConflictTests``, ``NextOfKinTests``.)
@Suite struct InvariantTests {
  /// Runs `body` on generated requests under several policies.
  private func forEachRequest(
    seed: UInt64, _ body: (PolicyEvaluator, AccessRequest, inout Generator) throws -> Void
  ) throws {
    for round in 0..<20 {
      var generator = Generator(seed: seed &+ UInt64(round))
      let evaluator = PolicyEvaluator(try round == 0 ? Policy.standard() : generator.policy())
      for _ in 0..<100 { try body(evaluator, generator.request(), &generator) }
    }
  }

  /// Invariant 1, at this level: there is one answer for a class, however it is asked for.
  @Test func everyWayToAskGivesTheSame() throws {
    try forEachRequest(seed: 1) { evaluator, request, generator in
      let decision = evaluator.decide(request)
      let explanation = evaluator.explain(request)
      #expect(explanation.decision == decision)
      for line in explanation.lines {
        #expect(line.others == decision.disposition(line.dataClass))
        #expect(decision.classes(atLeast: .countOnly).contains(line.dataClass) == (line.own.transform >= .countOnly))
      }
      #expect(evaluator.decide(request) == decision)
    }
  }

  @Test func whatIsNotThereShowsNothing() throws {
    try forEachRequest(seed: 2) { evaluator, request, generator in
      let decision = evaluator.decide(request)
      guard !decision.isVisible else { return }
      #expect(decision.effect == .deny && decision.refusal == .noRelation && decision.obligations.isEmpty)
      #expect(decision.decryptable.isEmpty && decision.writable.isEmpty && decision.contributable.isEmpty)
      let record = generator.record()
      for dataClass in DataClass.allCases {
        #expect(decision.disposition(dataClass, in: record).transform == .absent)
      }
      #expect(!decision.counts(record))
    }
  }

  /// Own records show at least what released ones do, and those at least what others do.
  @Test func standingsAreOrdered() throws {
    try forEachRequest(seed: 3) { evaluator, request, _ in
      for line in evaluator.explain(request).lines {
        #expect(line.own.transform >= line.released.transform && line.released.transform >= line.others.transform)
        #expect(line.embargoed.transform <= line.others.transform)
      }
    }
  }

  /// Invariant 2: with fewer relations, roles, grants, delegations or emergencies never more is shown.
  @Test func takingAFactAwayNeverShowsMore() throws {
    try forEachRequest(seed: 4) { evaluator, request, generator in
      var less = request
      switch Int.random(in: 0..<5, using: &generator.random) {
      case 0:
        // An implicated hat and one that a lock speaks of take rights: the others give them.
        less.resource.hats.removeAll { $0.kind != .implicated && $0.kind != .mission && generator.chance(2) }
      case 1:
        // So does an exclusive role.
        let exclusive = evaluator.policy.exclusive
        less.context.subject.roles.removeAll { !exclusive.contains($0.reader) && generator.chance(2) }
      case 2: less.context.environment.grants.removeAll { _ in generator.chance(2) }
      case 3: less.context.environment.emergencies = []
      default: less.context.subject.delegations = []
      }
      try expect(evaluator.decide(less), within: evaluator.decide(request))
    }
  }

  /// Who is limited on an occasion has some of its rights, whatever it is limited to.
  @Test func aLimitNeverShowsMore() throws {
    try forEachRequest(seed: 11) { evaluator, request, generator in
      var less = request
      less.context.subject.limit = generator.some(oneIn: 2)
      let permitted = evaluator.permittedReaders(request.context)
      #expect(evaluator.permittedReaders(less.context) == permitted.intersection(less.context.subject.limit))
      try expect(evaluator.decide(less), within: evaluator.decide(request))
    }
  }

  /// Deny overrides: whatever takes rights never gives any.
  @Test func addingADenialNeverShowsMore() throws {
    try forEachRequest(seed: 5) { evaluator, request, generator in
      var less = request
      switch Int.random(in: 0..<6, using: &generator.random) {
      case 0: less.resource.caveats.insert(generator.one(of: Caveat.allCases))
      case 1: less.resource.embargoes.append(Embargo(generator.one(of: EmbargoKind.allCases)))
      case 2: less.resource.hats.append(Hat(.implicated, less.context.subject.party))
      case 3: less.resource.classification = .strictlyConfidential
      case 4: less.context.subject.clearance = .unclassified
      default: less.context.environment.lockdowns.append(Lockdown(mission: nil, mode: .sealed))
      }
      try expect(evaluator.decide(less), within: evaluator.decide(request))
    }
  }

  /// Invariant 17: whoever is an operator decrypts nothing, whatever other roles, grants and delegations it has.
  @Test func anOperatorDecryptsNothing() throws {
    try forEachRequest(seed: 6) { evaluator, request, _ in
      var request = request
      request.context.subject.roles.append(RoleAssignment(.systemOperator))
      request.gate = .audit
      let decision = evaluator.decide(request)
      #expect(decision.decryptable.isEmpty && decision.writable.isEmpty && decision.sharable.isEmpty)
      for dataClass in DataClass.allCases where dataClass != .audit {
        #expect(decision.disposition(dataClass).transform <= .drop)
      }
    }
  }

  private func expect(_ less: Decision, within more: Decision) throws {
    for (owner, embargoed) in [("KEN", false), ("NGA", false), ("KEN", true), ("NGA", true)] {
      let record = try Scenario.record(owner: owner, embargoed: embargoed)
      for dataClass in DataClass.allCases {
        #expect(less.disposition(dataClass, in: record).transform <= more.disposition(dataClass, in: record).transform)
      }
      #expect(!less.counts(record) || more.counts(record))
    }
    #expect(less.writable.isSubset(of: more.writable) && less.sharable.isSubset(of: more.sharable))
    #expect(less.proposable.isSubset(of: more.proposable) && less.contributable.isSubset(of: more.contributable))
  }
}
