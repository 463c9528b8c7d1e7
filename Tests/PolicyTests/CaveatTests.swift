import Policy
import Testing

/// Handling caveats (5e), each for who reads most of what it narrows.
@Suite struct CaveatTests {
  struct Trial: CustomTestStringConvertible {
    var caveat: Caveat
    var reader: ReaderClass
    var dataClass: DataClass
    var own: Transform
    var others: Transform
    var testDescription: String { "\(caveat) \(reader) \(dataClass)" }

    init(_ caveat: Caveat, _ reader: ReaderClass, _ dataClass: DataClass, own: Transform, others: Transform) {
      self.caveat = caveat
      self.reader = reader
      self.dataClass = dataClass
      self.own = own
      self.others = others
    }
  }

  static let trials: [Trial] = [
    Trial(.nokEmbargo, .hostState, .victimIdentity, own: .drop, others: .drop),
    Trial(.nokEmbargo, .safety, .victimIdentity, own: .drop, others: .drop),
    Trial(.nokEmbargo, .headquarters, .victimIdentity, own: .clear, others: .clear),
    Trial(.witness, .missionFocalPoint, .witness, own: .clear, others: .clear),
    Trial(.sgbv, .hostState, .victimAttributes, own: .countOnly, others: .countOnly),
    Trial(.sgbv, .hostState, .victimIdentity, own: .clear, others: .pseudonym),
    Trial(.sgbv, .contributor, .victimIdentity, own: .clear, others: .drop),
    Trial(.medical, .contributor, .kinMedical, own: .clear, others: .absent),
    Trial(.opsec, .contributor, .exact, own: .generalise, others: .generalise),
    Trial(.opsec, .safety, .exact, own: .clear, others: .clear),
    Trial(.orcon, .seniorFocalPoint, .submissions, own: .clear, others: .absent),
    Trial(.orcon, .legal, .submissions, own: .clear, others: .clear),
    Trial(.judicialSecrecy, .hostState, .suspectIdentity, own: .clear, others: .mask),
    Trial(.judicialSecrecy, .hostState, .hostProgress, own: .clear, others: .translatedSummary),
    Trial(.legalPrivilege, .headquarters, .privileged, own: .clear, others: .clear),
    Trial(.legalPrivilege, .missionFocalPoint, .privileged, own: .absent, others: .absent),
    Trial(.deathPenaltyRisk, .hostState, .suspectIdentity, own: .clear, others: .mask),
    Trial(.hostageOngoing, .contributor, .exact, own: .drop, others: .drop),
    Trial(.hostageOngoing, .hostState, .victimIdentity, own: .clear, others: .drop),
    Trial(.minor, .hostState, .suspectIdentity, own: .clear, others: .pseudonym),
    Trial(.minor, .missionFocalPoint, .victimIdentity, own: .clear, others: .clear),
    Trial(.conflictOfInterest, .headquarters, .witness, own: .clear, others: .clear),
  ]

  @Test(arguments: trials) func aCaveatNarrows(_ trial: Trial) throws {
    let request = AccessRequest(
      try Scenario.reader(trial.reader), resource: try Scenario.related(caveats: [trial.caveat]))
    let decision = try Scenario.evaluator().decide(request)
    let own = decision.disposition(trial.dataClass, in: try Scenario.record(owner: "KEN"))
    let others = decision.disposition(trial.dataClass, in: try Scenario.record(owner: "NGA"))
    #expect(own.transform == trial.own && others.transform == trial.others)
  }

  /// No caveat shows more than none, for anybody and any class; and the reason says that it was one.
  @Test func aCaveatNeverShowsMore() throws {
    let evaluator = try Scenario.evaluator()
    for reader in ReaderClass.allCases {
      let context = try Scenario.reader(reader)
      let plain = evaluator.decide(AccessRequest(context, resource: try Scenario.related()))
      for caveat in Caveat.allCases {
        let narrowed = evaluator.decide(AccessRequest(context, resource: try Scenario.related(caveats: [caveat])))
        for dataClass in DataClass.allCases {
          let (before, after) = (plain.disposition(dataClass), narrowed.disposition(dataClass))
          #expect(after.transform <= before.transform)
          if after.transform < before.transform { #expect(after.reason == .caveat) }
        }
      }
    }
  }

  @Test func aGrantLiftsWhatItNamesWhereThePolicyAllows() throws {
    let evaluator = try Scenario.evaluator()
    func exact(_ caveat: Caveat, lifts: CaveatSet) throws -> Disposition {
      let grant = try Scenario.grant([.exact]) { $0.lifts = lifts }
      let context = try Scenario.reader(.hostState).with(grant)
      return evaluator.decide(AccessRequest(context, resource: try Scenario.related(caveats: [caveat])))
        .disposition(.exact)
    }
    #expect(try exact(.opsec, lifts: []) == Disposition(.generalise, .caveat))
    #expect(try exact(.opsec, lifts: [.opsec]) == Disposition(.clear, .none))
    #expect(try exact(.opsec, lifts: [.minor]) == Disposition(.generalise, .caveat))
    // A person is held: no grant lifts that.
    #expect(try exact(.hostageOngoing, lifts: .all) == Disposition(.drop, .caveat))
  }

  /// Originator control: what a State shared goes to another only with its consent.
  @Test func whatAPartySharedGoesOnOnlyWithItsConsent() throws {
    let evaluator = try Scenario.evaluator()
    for caveats: CaveatSet in [[], [.orcon]] {
      let request = AccessRequest(try Scenario.reader(.hostState), resource: try Scenario.related(caveats: caveats))
      let decision = evaluator.decide(request)
      let kept = decision.disposition(.submissions, in: try Scenario.record(owner: "NGA"))
      #expect(kept == Disposition(.absent, .originatorControl))
      let released = try Scenario.record(owner: "NGA", releasedTo: "KEN")
      #expect(decision.disposition(.submissions, in: released).transform == .clear)
      let toAnother = try Scenario.record(owner: "NGA", releasedTo: "UGA")
      #expect(decision.disposition(.submissions, in: toAnother).transform == .absent)
    }
  }
}
