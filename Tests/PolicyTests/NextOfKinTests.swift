import Policy
import Testing

/// The next-of-kin embargo (5, feature 11; 5h, invariant 4).
@Suite struct NextOfKinTests {
  private let classes: [DataClass] = [.victimAttributes, .victimIdentity, .kinMedical]

  /// Who sees an embargoed victim, and whose counts include it.
  @Test(arguments: ReaderClass.allCases) func anEmbargoedVictimIsThereForWhoeverWorksOnItOnly(_ reader: ReaderClass)
    throws
  {
    let context = try Scenario.reader(reader)
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: Scenario.related()))
    let victim = try Scenario.record(owner: "KEN", embargoed: true)
    let sees = ReaderSet([.headquarters, .legal, .missionFocalPoint]).contains(reader)
    for dataClass in classes where !sees {
      #expect(decision.disposition(dataClass, in: victim).transform == .absent, "\(dataClass)")
    }
    if sees { #expect(decision.disposition(.victimIdentity, in: victim) == Disposition(.clear, .none)) }
    #expect(decision.counts(victim) == (reader == .headquarters))
  }

  @Test func theReasonIsTheEmbargo() throws {
    let decision = try Scenario.evaluator().decide(
      AccessRequest(Scenario.reader(.contributor), resource: Scenario.related()))
    let found = decision.disposition(.victimIdentity, in: try Scenario.record(owner: "KEN", embargoed: true))
    #expect(found == Disposition(.absent, .embargo))
  }

  @Test func onceTheFamilyKnowsTheVictimCounts() throws {
    let victim = try Scenario.record(owner: "KEN")
    for reader in ReaderClass.allCases {
      let decision = try Scenario.evaluator().decide(
        AccessRequest(Scenario.reader(reader), resource: Scenario.related()))
      let countsNothing = ReaderSet([.regionalOrganization, .forumState, .systemOperator]).contains(reader)
      #expect(decision.counts(victim) == !countsNothing, "\(reader)")
    }
  }

  @Test func anEmbargoOnTheWholeCaseIsOneOnEveryVictim() throws {
    var facts = try Scenario.related()
    facts.embargoes = [Embargo(.nextOfKin)]
    let victim = try Scenario.record(owner: "KEN")
    let host = try Scenario.evaluator().decide(AccessRequest(Scenario.reader(.hostState), resource: facts))
    for dataClass in classes { #expect(host.disposition(dataClass, in: victim).transform == .absent) }
    #expect(host.disposition(.victimIdentity, in: victim).reason == .embargo)
    #expect(!host.counts(victim))
    let legal = try Scenario.evaluator().decide(AccessRequest(Scenario.reader(.legal), resource: facts))
    #expect(legal.disposition(.victimIdentity, in: victim).transform == .clear)
    #expect(!legal.counts(victim))
    facts.embargoes = [Embargo(.nextOfKin, period: Period(from: .distantPast, until: Scenario.now))]
    let after = try Scenario.evaluator().decide(AccessRequest(Scenario.reader(.hostState), resource: facts))
    #expect(after.counts(victim))
  }

  @Test func noGrantBeatsTheEmbargo() throws {
    let grant = try Scenario.grant(.all, cleared: true)
    let context = try Scenario.reader(.hostState).with(grant)
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: Scenario.related()))
    let victim = try Scenario.record(owner: "KEN", embargoed: true)
    for dataClass in classes { #expect(decision.disposition(dataClass, in: victim).transform == .absent) }
  }

  /// With two qualities of which one is exempt, the other stays bound: hats are judged by themselves.
  @Test func anExemptQualityFreesOnlyItself() throws {
    var policy = try Policy.standard()
    policy.embargoes[Int(EmbargoKind.nextOfKin.rawValue)].exempt = [.contributor]
    var context = try Scenario.reader(.contributor)
    context.subject.roles.append(RoleAssignment(.hostState))
    let decision = PolicyEvaluator(policy).decide(AccessRequest(context, resource: try Scenario.related()))
    let own = try Scenario.record(owner: "KEN", embargoed: true)
    let others = try Scenario.record(owner: "NGA", embargoed: true)
    #expect(decision.disposition(.victimAttributes, in: own).transform == .clear)
    // As host it would read every victim's; as contributor only a summary of another's.
    #expect(decision.disposition(.victimAttributes, in: others).transform == .countOnly)
  }
}
