import AIP
import Policy
import Postgres
import Testing

@testable import CasesServer

@Suite("What a record shows for a step")
struct StageGroundsTests {
  private static let id = RecordID(high: 1, low: 1)
  private static let time = PostgresTimestamp(secondsSince1970: 1_700_000_000)
  private static let day = PartialDate(year: 2021, month: 2, day: 3)!
  private static let host = PartyID("MLI")!

  private static func communication(
    _ direction: Communication.Direction, _ act: Communication.Act = .notification, with party: PartyID = host
  ) -> Communication {
    Communication(
      id: id, caseID: id, kind: .noteVerbale, direction: direction, act: act, party: party, sent: day, symbol: "",
      subject: "", answers: nil, author: id, createTime: time)
  }

  private static func fact(_ kind: ProceedingFact.Kind, after seconds: Int64 = 0) -> ProceedingFact {
    ProceedingFact(
      id: id, caseID: id, proceeding: id, track: nil, kind: kind, date: day, detail: "x", document: "", author: id,
      createTime: PostgresTimestamp(secondsSince1970: 1_700_000_000 + seconds))
  }

  private static func proceeding(_ forum: Proceeding.Forum) -> Proceeding {
    Proceeding(
      id: id, caseID: id, forum: forum, party: host, authority: "", docket: "", author: id, createTime: time)
  }

  /// What shows each condition by itself.
  static let table: [(StageCondition, @Sendable (inout StageGrounds) -> Void)] = [
    (.sentNotification, { $0.communications = [communication(.outgoing)] }),
    (.communicationFromHost, { $0.communications = [communication(.incoming, .update)] }),
    (.sourceDocument, { $0.hasDocument = true }),
    (.suspect, { $0.suspects = 1 }),
    (.custodyDate, { $0.isArrestDated = true }),
    (.custodyDate, { $0.facts = [fact(.custody)] }),
    (.forum, { $0.proceeding = proceeding(.hostMilitary) }),
    (.charge, { $0.facts = [fact(.charge)] }),
    (.hearing, { $0.facts = [fact(.hearing)] }),
    (.appealWindow, { $0.facts = [fact(.appealDeadline)] }),
    (.appealWindow, { $0.facts = [fact(.appealWaived)] }),
    (
      .newFact,
      {
        $0.facts = [fact(.newFact, after: 1)]; $0.lastStep = time
      }
    ),
  ]

  @Test("each condition is shown by what is on record of it, and by nothing else", arguments: table.indices)
  func shown(_ index: Int) {
    let (condition, record) = Self.table[index]
    var grounds = StageGrounds(hostStates: [Self.host], hasConflictHold: true)
    #expect(grounds.shown.isEmpty)
    record(&grounds)
    #expect(grounds.shown == [condition])
  }

  @Test("every condition can be shown")
  func complete() {
    #expect(Set(Self.table.map(\.0)).union([.noConflictOfInterestHold]) == Set(StageCondition.allCases))
    #expect(StageGrounds(hostStates: []).shown == [.noConflictOfInterestHold])
  }

  /// What does not show what it could be taken for.
  static let lookalikeTable: [@Sendable (inout StageGrounds) -> Void] = [
    // To another than the host State, or something else than the notification.
    { $0.communications = [communication(.outgoing, with: PartyID("FRA")!), communication(.outgoing, .request)] },
    { $0.communications = [communication(.incoming, with: PartyID("FRA")!)] },
    { $0.proceeding = proceeding(.undetermined) },
    // Known before the track stopped.
    {
      $0.facts = [fact(.newFact)]; $0.lastStep = time
    },
    { $0.facts = [fact(.sentence)] },
  ]

  @Test("what looks alike does not do", arguments: lookalikeTable.indices)
  func lookalikes(_ index: Int) {
    var grounds = StageGrounds(hostStates: [Self.host], hasConflictHold: true)
    Self.lookalikeTable[index](&grounds)
    #expect(grounds.shown.isEmpty)
  }

  @Test("a proceeding as a whole is left to its accused once there are any")
  func deciding() {
    func track(_ number: UInt64, proceeding: UInt64?, suspect: UInt64? = nil) -> Track {
      Track(
        id: RecordID(high: 0, low: number), caseID: Self.id, kind: proceeding == nil ? .diplomatic : .accountability,
        proceeding: proceeding.map { RecordID(high: 1, low: $0) }, suspect: suspect.map { RecordID(high: 2, low: $0) },
        author: Self.id, createTime: Self.time)
    }
    let tracks = [
      track(1, proceeding: 1), track(2, proceeding: 1, suspect: 1), track(3, proceeding: 2), track(4, proceeding: nil),
    ]
    #expect(tracks.deciding.map(\.id.low) == [2, 3])
  }
}
