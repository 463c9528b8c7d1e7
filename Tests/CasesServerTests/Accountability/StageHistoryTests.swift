import AIP
import Testing

@testable import CasesServer

@Suite("The history of a track")
struct StageHistoryTests {
  typealias Stage = AccountabilityStage
  typealias Refusal = StageRefusal<Stage>

  /// A history that names what it takes in 1, 2, 3 and so on.
  struct Track {
    var history = StageHistory<Stage>(incident: day(2020, 5, 10))
    private var last: UInt64 = 0

    static func day(_ year: Int, _ month: Int = 0, _ day: Int = 0) -> PartialDate {
      PartialDate(year: year, month: month, day: day)!
    }

    @discardableResult
    mutating func add(
      _ stage: Stage, on effective: PartialDate? = nil, known: PartialDate = day(2022, 1, 1),
      by source: AssertionSource = .hostState, _ certainty: Certainty = .confirmed, correcting: UInt64? = nil,
      shown: Set<StageCondition> = Set(StageCondition.allCases)
    ) throws(Refusal) -> [Stage] {
      var next = last
      let makeID = {
        next += 1
        return RecordID(high: 0, low: next)
      }
      let assertion = StageAssertion<Stage>(
        id: RecordID(high: 1, low: last), stage: stage, effective: effective, known: known, source: source,
        certainty: certainty, supersedes: correcting.map { RecordID(high: 1, low: $0) })
      let added = try history.add(assertion, shown: shown, makeID: makeID)
      last = next + 1
      return added.map(\.stage)
    }

    var id: UInt64 { history.assertions.last?.id.low ?? 0 }
  }

  private static func day(_ year: Int, _ month: Int = 0, _ day: Int = 0) -> PartialDate {
    Track.day(year, month, day)
  }

  private func expect(_ refusal: Refusal, _ body: () throws -> Void) {
    #expect(throws: refusal, performing: body)
  }

  @Test("steps are taken one by one")
  func steps() throws {
    var track = Track()
    for stage in [
      Stage.notified, .acknowledged, .investigationOpened, .suspectsIdentified, .arrested, .charged, .trial,
    ] {
      #expect(try track.add(stage) == [stage])
      #expect(track.history.status.verified == stage)
    }
  }

  @Test("a step without what it needs says what is missing")
  func missing() throws {
    var track = Track()
    expect(.missing([.sentNotification])) { try track.add(.notified, shown: [.noConflictOfInterestHold]) }
    expect(.missing([.sourceDocument])) { try track.add(.trial, shown: [.hearing]) }
    #expect(track.history.assertions.isEmpty)
  }

  @Test("a step that cannot follow says what can")
  func notAllowed() throws {
    var track = Track()
    try track.add(.trial)
    expect(.notAllowed(after: .trial, allowed: Stage.trial.next)) { try track.add(.sentenced) }
    expect(.notAllowed(after: .trial, allowed: Stage.trial.next)) { try track.add(.charged) }
    expect(.notAllowed(after: .trial, allowed: Stage.trial.next)) { try track.add(.charged, by: .courtRecord) }
  }

  @Test("what is skipped is inferred, without a date, and measures nothing; the notification never is")
  func skip() throws {
    var track = Track()
    let added = try track.add(.trial, on: Self.day(2021, 3))
    #expect(added == [.acknowledged, .investigationOpened, .suspectsIdentified, .charged, .trial])
    let inferred = track.history.assertions.dropLast()
    #expect(inferred.allSatisfy { $0.isInferred && $0.effective == nil })
    #expect(track.history.measurable.map(\.stage) == [.trial])
    #expect(Set(track.history.assertions.map(\.id)).count == 5)
  }

  @Test("an investigation implies that the host State has taken note")
  func implied() throws {
    var track = Track()
    try track.add(.notified)
    #expect(try track.add(.investigationOpened) == [.acknowledged, .investigationOpened])
  }

  @Test("nothing is inferred twice after a new fact")
  func resumed() throws {
    var track = Track()
    try track.add(.investigationOpened)
    try track.add(.suspended)
    #expect(!track.history.status.isLive)
    expect(.missing([.newFact])) { try track.add(.investigationOpened, shown: []) }
    #expect(try track.add(.investigationOpened) == [.investigationOpened])
    #expect(track.history.status.isLive)
  }

  @Test("a stage is not reached before the incident or after it was known, as precisely as the dates are")
  func dates() throws {
    var track = Track()
    let incident = Self.day(2020, 5, 10)
    expect(.beforeIncident(incident)) { try track.add(.notified, on: Self.day(2020, 5, 9)) }
    expect(.beforeIncident(incident)) { try track.add(.notified, on: Self.day(2020, 4)) }
    expect(.beforeIncident(incident)) { try track.add(.notified, on: Self.day(2019)) }
    let known = Self.day(2022, 1, 1)
    expect(.afterKnown(known)) { try track.add(.notified, on: Self.day(2022, 1, 2)) }
    expect(.afterKnown(known)) { try track.add(.notified, on: Self.day(2022, 2)) }
    try track.add(.notified, on: Self.day(2020, 5))
    try track.add(.acknowledged, on: Self.day(2022))
    expect(.outOfOrder(known)) { try track.add(.investigationOpened, known: Self.day(2021, 12, 31)) }
  }

  @Test(
    "a claim stands beside the verified status and does not change it",
    arguments: [Certainty.rumour, .possible, .probable])
  func claim(_ certainty: Certainty) throws {
    var track = Track()
    try track.add(.notified)
    #expect(try track.add(.guilty, by: .media, certainty, shown: []) == [.guilty])
    let status = track.history.status
    #expect(status.verified == .notified && status.furthest == .notified && !status.isDisputed)
    #expect(status.claims == [.hostState: .notified, .media: .guilty])
  }

  @Test("two confirmed outcomes are a dispute until one is corrected")
  func dispute() throws {
    var track = Track()
    try track.add(.trial)
    let trial = track.id
    try track.add(.guilty, by: .courtRecord)
    try track.add(.notGuilty, by: .hostState)
    let rival = track.id
    try track.add(.trial, on: Self.day(2021, 1, 1), correcting: trial)
    var status = track.history.status
    #expect(status.rivals == [.guilty, .notGuilty] && status.verified == .trial && status.furthest == .trial)
    expect(.disputed([.guilty, .notGuilty])) { try track.add(.sentenced) }
    try track.add(.guilty, by: .hostState, correcting: rival)
    status = track.history.status
    #expect(!status.isDisputed && status.verified == .guilty)
    try track.add(.sentenced)
  }

  @Test("a source does not contradict itself: it corrects")
  func sameSource() throws {
    var track = Track()
    try track.add(.trial)
    try track.add(.guilty, by: .courtRecord)
    expect(.notAllowed(after: .guilty, allowed: Stage.guilty.next)) { try track.add(.notGuilty, by: .courtRecord) }
    try track.add(.notGuilty, by: .courtRecord, correcting: track.id)
    #expect(track.history.status.verified == .notGuilty)
  }

  @Test("another source that says the same changes nothing")
  func corroboration() throws {
    var track = Track()
    try track.add(.arrested)
    #expect(try track.add(.arrested, by: .mission, shown: []) == [.arrested])
    #expect(track.history.status.verified == .arrested)
  }

  @Test("a correction takes the place of what it corrects, and must leave a way that could be gone")
  func correction() throws {
    var track = Track()
    try track.add(.arrested, on: Self.day(2021, 2, 1))
    let arrest = track.id
    try track.add(.charged)
    try track.add(.arrested, on: Self.day(2021, 2, 3), correcting: arrest)
    #expect(track.history.status.verified == .charged)
    #expect(track.history.confirmed.first { $0.stage == .arrested }?.effective == Self.day(2021, 2, 3))
    expect(.nothingToSupersede(RecordID(high: 1, low: arrest))) { try track.add(.arrested, correcting: arrest) }
    expect(.breaksWay(to: .deceased)) { try track.add(.deceased, correcting: track.id) }
    expect(.breaksWay(to: .charged)) { try track.add(.suspended, correcting: track.id) }
  }

  @Test("a claim corrects nothing that is confirmed, and every correction names its source")
  func weakCorrection() throws {
    var track = Track()
    try track.add(.trial)
    let trial = track.id
    for certainty in [Certainty.rumour, .possible, .probable] {
      expect(.claimAgainstConfirmed) { try track.add(.dismissed, by: .media, certainty, correcting: trial) }
    }
    expect(.missing([.sourceDocument])) { try track.add(.dismissed, correcting: trial, shown: [.hearing]) }
    #expect(track.history.status.verified == .trial)
  }

  @Test("what was known on an earlier day can be told")
  func knownThen() throws {
    var track = Track()
    try track.add(.arrested, known: Self.day(2021, 6, 1))
    let arrest = track.id
    try track.add(.released, known: Self.day(2021, 9, 1))
    try track.add(.arrested, on: Self.day(2021, 5, 30), known: Self.day(2021, 10, 1), correcting: arrest)
    let history = track.history
    #expect(history.known(on: Self.day(2021, 5, 31)).status.verified == .reported)
    #expect(history.known(on: Self.day(2021, 8, 31)).status.verified == .arrested)
    #expect(history.known(on: Self.day(2021, 9, 1)).status.verified == .released)
    #expect(history.known(on: Self.day(2021, 9, 1)).measurable.isEmpty)
    #expect(history.measurable.map(\.effective) == [Self.day(2021, 5, 30)])
  }

  @Test("nobody asserts what is inferred")
  func inferred() {
    var history = StageHistory<Stage>(incident: Self.day(2020))
    let assertion = StageAssertion<Stage>(
      id: RecordID(high: 0, low: 1), stage: .notified, effective: nil, known: Self.day(2021, 1, 1),
      source: .headquarters, certainty: .confirmed, isInferred: true)
    expect(.inferred) { try history.add(assertion) { RecordID(high: 0, low: 2) } }
  }
}
