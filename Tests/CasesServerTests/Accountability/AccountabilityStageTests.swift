import Testing

@testable import CasesServer

@Suite("Accountability stages")
struct AccountabilityStageTests {
  typealias Stage = AccountabilityStage

  /// The table of the domain model, row by row.
  private static let table: [(from: Stage, next: Set<Stage>, conditions: Set<StageCondition>)] = [
    (.reported, [.notified], [.sentNotification, .noConflictOfInterestHold]),
    (.notified, [.acknowledged, .investigationOpened], [.communicationFromHost]),
    (.acknowledged, [.investigationOpened, .declined], [.sourceDocument]),
    (.investigationOpened, [.suspectsIdentified, .suspended, .closedWithoutSuspect], []),
    (.suspectsIdentified, [.arrested, .charged, .suspended], [.suspect]),
    (.arrested, [.charged, .released, .escaped, .deceased, .transferred], [.custodyDate]),
    (.charged, [.trial, .dismissed, .transferred], [.forum, .charge]),
    (.trial, [.guilty, .notGuilty, .dismissed, .escaped, .deceased], [.hearing]),
    (.guilty, [.sentenced, .appeal], []),
    (.notGuilty, [.appeal, .final], []),
    (.sentenced, [.appeal, .final, .pardoned, .escaped], [.appealWindow]),
    (.appeal, [.final, .trial, .guilty, .notGuilty], []),
    (.final, [.executingSentence, .closed], []),
    (.suspended, [.investigationOpened, .arrested], [.newFact]),
    (.released, [.investigationOpened, .arrested], [.newFact]),
    (.escaped, [.investigationOpened, .arrested], [.newFact]),
    (.closedWithoutSuspect, [.investigationOpened, .arrested], [.newFact]),
    (.dismissed, [.investigationOpened, .arrested], [.newFact]),
    (.declined, [], []), (.deceased, [], []), (.transferred, [], []), (.pardoned, [], []),
    (.executingSentence, [], []), (.closed, [], []),
  ]

  @Test("every pair of stages is as the table says")
  func transitions() {
    #expect(Set(Self.table.map(\.from)) == Set(Stage.allCases))
    for row in Self.table {
      for stage in Stage.allCases {
        #expect(row.from.next.contains(stage) == row.next.contains(stage), "\(row.from) → \(stage)")
      }
      for stage in row.next { #expect(row.from.conditions(for: stage) == row.conditions, "\(row.from) → \(stage)") }
    }
  }

  @Test("skipping passes nothing that decides an outcome")
  func skips() {
    for from in Stage.allCases {
      for stage in Stage.allCases {
        guard let way = from.way(to: stage), !way.isEmpty else { continue }
        #expect(Set(way).isSubset(of: Stage.inferable.union(Stage.omissible)), "\(from) → \(stage)")
        #expect(Stage.course.contains(from) && Stage.course.contains(stage), "\(from) → \(stage)")
      }
    }
  }

  @Test(
    "the shortest way is inferred",
    arguments: [
      (Stage.notified, Stage.trial, [Stage.investigationOpened, .suspectsIdentified, .charged] as [Stage]?),
      (.investigationOpened, .arrested, [.suspectsIdentified]),
      (.reported, .investigationOpened, [.notified]),
      (.suspectsIdentified, .guilty, [.charged, .trial]),
      (.charged, .trial, []),
      (.trial, .sentenced, nil), (.trial, .final, nil), (.guilty, .final, nil), (.trial, .charged, nil),
      (.investigationOpened, .deceased, nil), (.suspended, .trial, nil), (.closed, .appeal, nil),
    ])
  func way(from: Stage, to: Stage, expected: [Stage]?) {
    #expect(from.way(to: to) == expected)
  }

  @Test("numbers and names are each of one stage only")
  func names() {
    #expect(Set(Stage.allCases.map(\.name)).count == Stage.allCases.count)
    #expect(Stage(named: "ACCOUNTABILITY_STAGE_VERDICT_GUILTY") == .guilty)
    #expect(Stage.allCases.map(\.rawValue) == Array(1...24))
  }

  @Test("each condition tells what would satisfy it")
  func remedies() {
    #expect(Set(StageCondition.allCases.map(\.remedy)).count == StageCondition.allCases.count)
  }

  @Test("the diplomatic way goes in its order; a release may come without an answer")
  func diplomatic() {
    #expect(DiplomaticStage.protested.next == [.responded])
    #expect(DiplomaticStage.protested.way(to: .released) == [.responded])
    #expect(DiplomaticStage.protested.way(to: .remedied) == nil)
    #expect(DiplomaticStage.released.way(to: .remedied) == [])
    #expect(DiplomaticStage.remedied.next.isEmpty)
    #expect(DiplomaticStage.responded.way(to: .protested) == nil)
  }
}
