import Policy
import Testing

/// Rights come from the relation to the case (5, features 1 and 2; 5h, invariant 2).
@Suite struct RelationTests {
  private func decide(_ context: AccessContext, _ facts: CaseFacts) throws -> Decision {
    try Scenario.evaluator().decide(AccessRequest(context, resource: facts))
  }

  @Test func aRoleWithoutTheHatAndAHatWithoutTheRoleGiveNothing() throws {
    for (reader, hat) in [
      (ReaderClass.hostState, HatKind.host), (.contributor, .contributor), (.nationalityState, .nationality),
      (.forumState, .forum), (.missionFocalPoint, .mission), (.councilReader, .briefing),
    ] {
      let context = try Scenario.reader(reader)
      #expect(try !decide(context, try Scenario.facts()).isVisible)
      #expect(try !decide(context, try Scenario.facts([(hat, "NGA")])).isVisible)
      let shown = try decide(context, try Scenario.facts([(hat, "KEN")]))
      #expect(shown.isVisible)
      var idle = context
      idle.subject.roles = []
      #expect(try !decide(idle, try Scenario.facts([(hat, "KEN")])).isVisible)
    }
  }

  /// Invariant 2: without the fact there is no right, whatever was decided before.
  @Test func theRightEndsWithTheFact() throws {
    let context = try Scenario.reader(.contributor)
    var facts = try Scenario.facts([(.contributor, "KEN")])
    #expect(try decide(context, facts).effect == .allow)
    facts.hats.removeAll()
    let after = try decide(context, facts)
    #expect(after.effect == .deny && !after.isVisible && after.refusal == .noRelation)
    #expect(DataClass.allCases.allSatisfy { after.disposition($0) == Disposition(.absent, .noRelation) })
  }

  struct Hosting {
    var from: Int32
    var until: Int32
    var isHost: Bool
  }

  @Test(arguments: [
    Hosting(from: 800, until: 950, isHost: true),  // then, no longer
    Hosting(from: 950, until: 2000, isHost: true),  // now, not then
    Hosting(from: 800, until: 900, isHost: false),  // until the day before
    Hosting(from: 901, until: 1000, isHost: false),  // between
    Hosting(from: 1001, until: 2000, isHost: false),  // later
    Hosting(from: 900, until: 901, isHost: true),  // on the very day
    Hosting(from: 900, until: 900, isHost: false),  // never
  ])
  func aFormerHostKeepsItsPeriod(_ hosting: Hosting) throws {
    var facts = try Scenario.facts()
    facts.hats = [
      Hat(
        .host, try Scenario.party("KEN"),
        period: Period(from: Day(number: hosting.from), until: Day(number: hosting.until)))
    ]
    #expect(try decide(Scenario.reader(.hostState), facts).isVisible == hosting.isHost)
  }

  @Test func anUncertainDateMakesAHostOfWhoMayHaveBeenOne() throws {
    var facts = try Scenario.facts()
    facts.incident = Period(from: Day(number: 890), until: Day(number: 921))
    facts.hats = [
      Hat(.host, try Scenario.party("KEN"), period: Period(from: Day(number: 920), until: Day(number: 950)))
    ]
    #expect(try decide(Scenario.reader(.hostState), facts).isVisible)
  }

  @Test func rolesBeginAndEnd() throws {
    var context = try Scenario.reader(.headquarters)
    for (from, until, holds): (Int64, Int64, Bool) in [(-10, 10, true), (0, 1, true), (1, 10, false), (-10, 0, false)] {
      context.subject.roles[0].period = Period(
        from: Scenario.now.advanced(bySeconds: from), until: Scenario.now.advanced(bySeconds: until))
      #expect(try decide(context, try Scenario.facts()).isVisible == holds)
    }
  }

  @Test func aFocalPointReadsItsOwnMission() throws {
    var context = try Scenario.reader(.missionFocalPoint, party: "DPO")
    context.subject.roles[0].scope = try Scenario.party("minusma")
    #expect(try decide(context, try Scenario.facts([(.mission, "minusma")])).writable.contains(.core))
    #expect(try !decide(context, try Scenario.facts([(.mission, "minusca")])).isVisible)
  }

  @Test func aCouncilMemberSeesWhatABriefingHoldsAndOnlyToBrief() throws {
    let briefed = try Scenario.facts([(.briefing, "KEN")])
    #expect(try decide(Scenario.reader(.councilReader), briefed).disposition(.core).transform == .generalise)
    #expect(try !decide(Scenario.reader(.councilReader), try Scenario.facts()).isVisible)
    #expect(try !decide(Scenario.reader(.councilReader, purpose: .research), briefed).isVisible)
  }

  @Test func anAuditorReadsToAuditOnlyAndLeavesATrace() throws {
    let facts = try Scenario.facts()
    let audit = try decide(Scenario.reader(.auditor), facts)
    #expect(audit.isVisible && audit.obligations.contains(.recordRead))
    #expect(try !decide(Scenario.reader(.auditor, purpose: .prosecution), facts).isVisible)
  }

  /// The union of qualities, each judged by itself.
  @Test func severalHatsAddUp() throws {
    var context = try Scenario.reader(.contributor)
    context.subject.roles.append(RoleAssignment(.hostState))
    let facts = try Scenario.facts([(.contributor, "KEN"), (.host, "KEN")])
    let decision = try decide(context, facts)
    let own = try Scenario.record(owner: "KEN")
    #expect(decision.readers == [.contributor, .hostState])
    #expect(decision.disposition(.kinMedical, in: own).transform == .clear)  // as contributor
    #expect(decision.disposition(.suspectIdentity).transform == .clear)  // as host
    #expect(decision.proposable.contains(.suspectIdentity) && decision.contributable.contains(.submissions))
  }

  @Test func protectedDataLeavesATrace() throws {
    var policy = try Policy.standard()
    let facts = try Scenario.facts([(.host, "KEN")])
    let context = try Scenario.reader(.hostState)
    #expect(PolicyEvaluator(policy).decide(AccessRequest(context, resource: facts)).obligations == .recordRead)
    for index in policy.classes.indices { policy.classes[index].isProtected = false }
    #expect(PolicyEvaluator(policy).decide(AccessRequest(context, resource: facts)).obligations == [])
  }
}
