import AIP
import Policy
import Testing
import VigilAccessAPI

@testable import AccessControlServer

@Suite("Who is told, who reviews, who locks")
struct EmergencyTests {
  private struct Rights: Equatable {
    var reviews = false
    var seesEmergencies = false
    var locksAll = false
    var locksOwn = false
    var unlocks = false
    var seesLocks = false
  }

  /// For each reader class alone. Whoever is not in the table may do nothing.
  private static let table: [ReaderClass: Rights] = [
    .headquarters: Rights(
      reviews: true, seesEmergencies: true, locksAll: true, locksOwn: true, unlocks: true, seesLocks: true),
    .legal: Rights(
      reviews: true, seesEmergencies: true, locksAll: true, locksOwn: true, unlocks: true, seesLocks: true),
    .seniorFocalPoint: Rights(reviews: true, seesEmergencies: true, locksAll: true, locksOwn: true, seesLocks: true),
    .safety: Rights(locksAll: true, locksOwn: true, seesLocks: true),
    .missionFocalPoint: Rights(locksOwn: true),
    .auditor: Rights(seesEmergencies: true, seesLocks: true),
    .systemOperator: Rights(seesLocks: true),
  ]

  @Test func everyClassHasThisAndNoMore() throws {
    let own = try #require(PartyID("minusma"))
    let other = try #require(PartyID("minusca"))
    for reader in ReaderClass.allCases {
      let administration = Administration(readers: [reader])
      let found = Rights(
        reviews: administration.mayReviewEmergencies,
        seesEmergencies: administration.seesEmergencies,
        locksAll: administration.mayLock(nil, focalPointOf: [own]),
        locksOwn: administration.mayLock(own, focalPointOf: [own]),
        unlocks: administration.mayUnlock,
        seesLocks: administration.seesLocks)
      #expect(found == Self.table[reader] ?? Rights(), "\(reader)")
      #expect(administration.mayLock(other, focalPointOf: [own]) == found.locksAll, "\(reader)")
    }
  }

  /// A mission's name alone makes nobody its focal point.
  @Test func nobodyLocksByAMissionAlone() throws {
    let mission = try #require(PartyID("minusma"))
    #expect(!Administration(readers: []).mayLock(mission, focalPointOf: [mission]))
    #expect(!Administration(readers: [.hostState]).mayLock(mission, focalPointOf: [mission]))
  }

  // MARK: Values

  private static let now = PolicyTime(microseconds: 50)

  @Test(arguments: [(10, 100, 50), (10, 40, 40), (60, 100, 60), (10, 50, 50)] as [(Int64, Int64, Int64)])
  func aPeriodEndsOnceAndNeverBeforeItBegins(_ from: Int64, _ until: Int64, _ ended: Int64) {
    var period = Period(from: PolicyTime(microseconds: from), until: PolicyTime(microseconds: until))
    period.end(at: Self.now)
    #expect(period.until == PolicyTime(microseconds: ended))
  }

  @Test func aReviewEndsTheAccess() {
    let (one, two) = (RecordID(high: 0, low: 1), RecordID(high: 0, low: 2))
    var emergency = Emergency(
      id: one, caseID: one, principal: one, reason: "x",
      period: Period(from: PolicyTime(microseconds: 0), until: PolicyTime(microseconds: 90)), notified: [two],
      createTime: PolicyTime(microseconds: 0))
    #expect(!emergency.breakGlass.isRevoked && emergency.breakGlass.hasReason)
    emergency.review(by: two, finding: "in order", at: Self.now)
    #expect(emergency.breakGlass.isRevoked && emergency.period.until == Self.now && emergency.revision == 2)
  }

  @Test func aNoticeGoesForwardOnly() {
    let id = RecordID(high: 0, low: 1)
    var notice = Notice(id: id, recipient: id, kind: .lockdownBegun, subject: "lockdowns/x", createTime: Self.now)
    #expect(notice.state == .pending)
    notice.deliver(at: Self.now)
    notice.deliver(at: PolicyTime(microseconds: 60))
    #expect(notice.state == .delivered && notice.deliverTime == Self.now)
    notice.acknowledge(at: PolicyTime(microseconds: 70))
    notice.acknowledge(at: PolicyTime(microseconds: 80))
    #expect(notice.state == .acknowledged && notice.acknowledgeTime == PolicyTime(microseconds: 70))
    var unread = Notice(id: id, recipient: id, kind: .lockdownBegun, subject: "lockdowns/x", createTime: Self.now)
    unread.acknowledge(at: Self.now)
    #expect(unread.deliverTime == Self.now, "whoever takes note of it has got it")
  }

  // MARK: Contract

  @Test func numbersAndNamesAreTheContracts() {
    #expect(PBNotice.Kind.allCases.count == Notice.Kind.allCases.count + 1)
    for kind in Notice.Kind.allCases {
      #expect(PBNotice.Kind(rawValue: Int(kind.rawValue)).map { "\($0)" } == "\(kind)")
      #expect(kind.code.replacing("_", with: "") == "KIND\(kind)".uppercased())
    }
    #expect(PBNotice.State.allCases.count == Notice.State.allCases.count + 1)
    for state in Notice.State.allCases {
      #expect(PBNotice.State(rawValue: Int(state.rawValue)).map { "\($0)" } == "\(state)")
    }
    for mode in [Lockdown.Mode.readOnly, .sealed] {
      #expect(PBLockdown.Mode(rawValue: Int(mode.number)).map { "\($0)" } == "\(mode)")
      #expect(Lockdown.Mode(number: mode.number) == mode)
    }
    for number in [-1, 0, 3, 300] { #expect(Lockdown.Mode(number: number) == nil) }
  }
}
