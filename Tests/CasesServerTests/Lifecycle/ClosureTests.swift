import AIP
import Postgres
import Testing

@testable import CasesServer

@Suite("The closing of a case")
struct ClosureTests {
  private static let first = RecordID(high: 1, low: 1)
  private static let second = RecordID(high: 1, low: 2)
  private static let noon = PostgresTimestamp(secondsSince1970: 1_700_000_000)
  private static let later = PostgresTimestamp(secondsSince1970: 1_700_000_600)

  private let closure = Closure(
    id: RecordID(high: 2, low: 1), caseID: RecordID(high: 3, low: 1), outcome: .closedUnresolved, reason: "test",
    document: "", proposer: first, createTime: noon)

  @Test("whoever proposed it cannot confirm it, and may take it back")
  func twoPersons() throws {
    #expect(throws: LifecycleRefusal.missing([.secondPerson])) {
      try closure.decided(.confirmed, by: Self.first, at: Self.later)
    }
    #expect(try closure.decided(.refused, by: Self.first, at: Self.later).state == .refused)
    let confirmed = try closure.decided(.confirmed, by: Self.second, at: Self.later)
    #expect(confirmed.state == .confirmed && confirmed.decider == Self.second && confirmed.revision == 2)
  }

  @Test("before it was decided, it waited")
  func earlier() throws {
    let confirmed = try closure.decided(.confirmed, by: Self.second, at: Self.later)
    #expect(confirmed.known(at: Self.noon) == closure)
    #expect(confirmed.known(at: Self.later) == confirmed)
    #expect(closure.known(at: Self.noon) == closure)
  }

  private func history(_ stages: [AccountabilityStage]) throws -> StageHistory<AccountabilityStage> {
    var history = StageHistory<AccountabilityStage>(incident: PartialDate(year: 2020)!)
    var last: UInt64 = 0
    for stage in stages {
      last += 10
      let assertion = StageAssertion<AccountabilityStage>(
        id: RecordID(high: 9, low: last), stage: stage, effective: nil,
        known: PartialDate(year: 2022, month: 1, day: 1)!,
        source: .courtRecord, certainty: .confirmed)
      try history.add(assertion, shown: Set(StageCondition.allCases)) {
        last += 1
        return RecordID(high: 9, low: last)
      }
    }
    return history
  }

  /// How a track ends by its stages.
  static let endTable: [([AccountabilityStage], TrackEnd?)] = [
    ([], nil), ([.trial], nil), ([.trial, .guilty], nil), ([.trial, .guilty, .sentenced], nil),
    ([.trial, .guilty, .sentenced, .final], .convicted),
    ([.trial, .guilty, .sentenced, .final, .executingSentence], .convicted),
    ([.trial, .notGuilty, .final], .acquitted), ([.trial, .notGuilty, .final, .closed], .acquitted),
    // Convicted, then acquitted on appeal; and the other way round.
    ([.trial, .guilty, .appeal, .notGuilty, .final], .acquitted),
    ([.trial, .notGuilty, .appeal, .guilty, .sentenced, .final], .convicted),
    ([.charged, .dismissed], .dismissed), ([.arrested, .deceased], .deceased), ([.arrested, .escaped], nil),
    ([.acknowledged, .declined], .declined), ([.investigationOpened, .suspended], nil),
    ([.trial, .guilty, .sentenced, .pardoned], .pardoned), ([.arrested, .transferred], .transferred),
    ([.investigationOpened, .closedWithoutSuspect], .closedWithoutSuspect),
  ]

  @Test("a track ends as its last verdict says, or beside the course", arguments: endTable)
  func ends(_ stages: [AccountabilityStage], _ end: TrackEnd?) throws {
    #expect(try history(stages).end == end)
  }

  /// With which outcomes a case may be closed by how its tracks stand.
  static let outcomeTable: [([[AccountabilityStage]], Set<ClosureOutcome>)] = {
    let convicted: [AccountabilityStage] = [.trial, .guilty, .sentenced, .final]
    let acquitted: [AccountabilityStage] = [.trial, .notGuilty, .final]
    let always: Set<ClosureOutcome> = [
      .amnestyOrPardon, .prescribed, .jurisdictionDeclined, .notCriminal, .duplicate, .enteredInError,
      .closedUnresolved,
    ]
    return [
      ([], always), ([[.trial]], always),
      ([convicted], always.union([.finalConviction])),
      ([acquitted], always.union([.finalAcquittal])),
      ([convicted, acquitted], always.union([.mixedFinal])),
      // One accused is still on trial.
      ([convicted, [.trial]], always),
      ([[.charged, .dismissed]], always.union([.dismissed])),
      ([[.arrested, .deceased]], always.union([.suspectsDeceased])),
      ([[.arrested, .deceased], [.arrested]], always),
      ([[.charged, .dismissed], convicted], always.union([.finalConviction])),
    ]
  }()

  @Test("a case is closed only with an outcome that its tracks show", arguments: outcomeTable)
  func outcomes(_ tracks: [[AccountabilityStage]], _ allowed: Set<ClosureOutcome>) throws {
    let grounds = ClosureGrounds(try tracks.map(history), hasPendingProposal: false, hasDocument: true)
    for outcome in ClosureOutcome.allCases {
      let shown = grounds.shown.union([.secondPerson])
      let refusal = Result { () throws(LifecycleRefusal) in
        try Case.State.open.check(stepTo: .closed, outcome: outcome, shown: shown)
      }
      let isTaken = (try? refusal.get()) != nil
      #expect(isTaken == allowed.contains(outcome), "\(outcome)")
    }
  }

  @Test("a proposal that waits, and a dispute, are settled first")
  func unsettled() throws {
    #expect(!ClosureGrounds([], hasPendingProposal: true, hasDocument: false).shown.contains(.nothingProposed))
    var disputed = try history([.trial, .guilty])
    let rival = StageAssertion<AccountabilityStage>(
      id: RecordID(high: 8, low: 1), stage: .notGuilty, effective: nil,
      known: PartialDate(year: 2022, month: 1, day: 1)!,
      source: .hostState, certainty: .confirmed)
    try disputed.add(rival) { RecordID(high: 8, low: 2) }
    let grounds = ClosureGrounds([disputed], hasPendingProposal: false, hasDocument: true)
    #expect(!grounds.shown.contains(.nothingDisputed) && disputed.end == nil)
    #expect(throws: LifecycleRefusal.missing([.nothingDisputed])) {
      try Case.State.open.check(
        stepTo: .closed, outcome: .closedUnresolved, shown: grounds.shown.union([.secondPerson]))
    }
  }
}
