import Policy
import Testing

/// Break-glass and lockdown (5, feature 22).
@Suite struct EmergencyTests {
  struct Trial: CustomTestStringConvertible {
    var testDescription: String
    var holds: Bool
    var reader: ReaderClass = .missionFocalPoint
    var change: @Sendable (inout BreakGlass) -> Void = { _ in }
  }

  static let trials: [Trial] = [
    Trial(testDescription: "as it should be", holds: true),
    Trial(testDescription: "by the senior focal point", holds: true, reader: .seniorFocalPoint),
    Trial(testDescription: "by a State", holds: false, reader: .hostState),
    Trial(testDescription: "by an operator", holds: false, reader: .systemOperator),
    Trial(testDescription: "by an auditor", holds: false, reader: .auditor),
    Trial(testDescription: "without a reason", holds: false) { $0.hasReason = false },
    Trial(testDescription: "one told", holds: false) { $0.notified.removeLast() },
    Trial(testDescription: "one told twice", holds: false) { $0.notified = [Scenario.id(1), Scenario.id(1)] },
    Trial(testDescription: "the user told", holds: false) { $0.notified = [Scenario.id(1), Scenario.person] },
    Trial(testDescription: "of another person", holds: false) { $0.principal = Scenario.id(8) },
    Trial(testDescription: "for another case", holds: false) { $0.caseID = Scenario.id(8) },
    Trial(testDescription: "over", holds: false) { $0.period.until = Scenario.now },
    Trial(testDescription: "not begun", holds: false) { $0.period.from = Scenario.now.advanced(bySeconds: 1) },
    Trial(testDescription: "longer than four hours", holds: false) {
      $0.period = Period(from: Scenario.now.advanced(bySeconds: -4 * 3600), until: .distantFuture)
    },
    Trial(testDescription: "ended by the review", holds: false) { $0.isRevoked = true },
  ]

  private func glass(_ change: (inout BreakGlass) -> Void = { _ in }) -> BreakGlass {
    var glass = BreakGlass(
      principal: Scenario.person, caseID: Scenario.thisCase,
      period: Period(from: Scenario.now.advanced(bySeconds: -60), until: Scenario.now.advanced(bySeconds: 3600)),
      hasReason: true, notified: [Scenario.id(1), Scenario.id(2)])
    change(&glass)
    return glass
  }

  /// In a case of another mission, where the subject would see nothing.
  @Test(arguments: trials) func emergencyAccessHoldsOnlyAsThePolicySays(_ trial: Trial) throws {
    let context = try Scenario.reader(trial.reader, party: "minusca").with {
      $0.environment.emergencies = [glass(trial.change)]
    }
    let facts = try Scenario.facts([(.mission, "minusma")])
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: facts))
    guard trial.reader != .seniorFocalPoint else {
      // It reads every case anyway: the glass is not broken.
      #expect(!decision.obligations.contains(.reviewEmergency))
      return
    }
    let isAuditor = trial.reader == .auditor
    #expect(decision.isVisible == (trial.holds || isAuditor))
    #expect(decision.obligations.contains(.reviewEmergency) == trial.holds)
    #expect(decision.disposition(.exact).transform == (trial.holds || isAuditor ? .clear : .absent))
    #expect(decision.disposition(.witness).transform == .absent)
    #expect(decision.writable.isEmpty && decision.sharable.isEmpty)
  }

  @Test func emergencyAccessBeatsNeitherConflictNorClearanceNorEmbargo() throws {
    let evaluator = try Scenario.evaluator()
    var context = try Scenario.reader(.safety, party: "minusca", clearance: .confidential)
    context.environment.emergencies = [glass()]
    let secret = try Scenario.facts(classification: .strictlyConfidential)
    #expect(!evaluator.decide(AccessRequest(context, resource: secret)).isVisible)
    let victim = try Scenario.record(embargoed: true)
    let open = evaluator.decide(AccessRequest(context, resource: try Scenario.facts()))
    #expect(open.disposition(.victimIdentity, in: victim).transform == .absent && !open.counts(victim))
  }

  // MARK: Giving it

  /// What is on record holds; what is asked for must be as the policy says from its first moment to its last.
  static let requests: [(String, BreakGlassRefusal?, ReaderClass, @Sendable (inout BreakGlass) -> Void)] = [
    ("as it should be", nil, .missionFocalPoint, { _ in }),
    ("by safety", nil, .safety, { _ in }),
    ("by a State", .notEntitled, .hostState, { _ in }),
    ("by a case officer", .notEntitled, .headquarters, { _ in }),
    ("by an operator", .notEntitled, .systemOperator, { _ in }),
    ("for another person", .notEntitled, .safety, { $0.principal = Scenario.id(8) }),
    ("without a reason", .noReason, .safety, { $0.hasReason = false }),
    ("one told", .tooFewTold, .safety, { $0.notified.removeLast() }),
    ("one told twice", .tooFewTold, .safety, { $0.notified = [Scenario.id(1), Scenario.id(1)] }),
    ("the user told", .tooFewTold, .safety, { $0.notified = [Scenario.id(1), Scenario.person] }),
    ("for four hours", nil, .safety, { $0.period = hours(4) }),
    ("for longer", .badPeriod, .safety, { $0.period.until = hours(4).until.advanced(bySeconds: 1) }),
    ("not begun", .badPeriod, .safety, { $0.period.from = Scenario.now.advanced(bySeconds: 1) }),
    ("over", .badPeriod, .safety, { $0.period.until = Scenario.now }),
  ]

  private static func hours(_ count: Int64) -> Period<PolicyTime> {
    Period(from: Scenario.now, until: Scenario.now.advanced(bySeconds: count * 3600))
  }

  @Test(arguments: requests.indices) func thePolicyDecidesWhetherTheGlassIsBroken(_ index: Int) throws {
    let (description, refusal, reader, change) = Self.requests[index]
    let asked = glass {
      $0.period = Self.hours(1)
      change(&$0)
    }
    let context = try Scenario.reader(reader, party: "minusca")
    #expect(try Scenario.evaluator().refusal(of: asked, by: context) == refusal, "\(description)")
  }

  @Test func emergencyAccessOpensNothingThatIsSealedOrTooHigh() throws {
    let evaluator = try Scenario.evaluator()
    var context = try Scenario.reader(.safety, party: "minusca", clearance: .confidential)
    #expect(evaluator.opens(glass(), try Scenario.facts(), for: context))
    #expect(!evaluator.opens(glass(), try Scenario.facts(classification: .strictlyConfidential), for: context))
    context.environment.lockdowns = [Lockdown(mission: nil, mode: .sealed)]
    #expect(!evaluator.opens(glass(), try Scenario.facts(), for: context))
  }

  // MARK: Lockdown

  @Test func lockedRecordsCannotBeChanged() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.facts([(.mission, "minusma"), (.host, "KEN"), (.contributor, "KEN")])
    let locks = [Lockdown(mission: try Scenario.party("minusma"), mode: .readOnly)]
    for reader in [ReaderClass.headquarters, .hostState, .contributor] {
      for (action, dataClass) in [
        (Action.write, DataClass.core), (.propose, .hostProgress), (.contribute, .submissions), (.share, .core),
      ] {
        let context = try Scenario.reader(reader).with { $0.environment.lockdowns = locks }
        let request = AccessRequest(context, action: action, classes: [dataClass], resource: facts)
        let decision = evaluator.decide(request)
        #expect(decision.effect == .deny && decision.refusal == .lockdown)
        #expect(decision.isVisible && decision.disposition(.core).transform == .clear)
      }
    }
  }

  @Test func sealedRecordsAreThereForTheExemptOnly() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.related()
    for reader in ReaderClass.allCases {
      let context = try Scenario.reader(reader).with {
        $0.environment.lockdowns = [Lockdown(mission: nil, mode: .sealed)]
        $0.environment.emergencies = [glass()]
      }
      let decision = evaluator.decide(AccessRequest(context, resource: facts))
      #expect(decision.isVisible == ReaderSet([.headquarters, .legal]).contains(reader), "\(reader)")
      #expect(decision.writable.isEmpty)
    }
  }

  @Test func aLockIsOneMissionsAndEnds() throws {
    let evaluator = try Scenario.evaluator()
    let facts = try Scenario.facts([(.mission, "minusma"), (.host, "KEN")])
    func isVisible(_ lock: Lockdown) throws -> Bool {
      let context = try Scenario.reader(.hostState).with { $0.environment.lockdowns = [lock] }
      return evaluator.decide(AccessRequest(context, resource: facts)).isVisible
    }
    #expect(try !isVisible(Lockdown(mission: Scenario.party("minusma"), mode: .sealed)))
    #expect(try isVisible(Lockdown(mission: Scenario.party("minusca"), mode: .sealed)))
    let over = Period(from: PolicyTime.distantPast, until: Scenario.now)
    #expect(try isVisible(Lockdown(mission: nil, mode: .sealed, period: over)))
  }
}
