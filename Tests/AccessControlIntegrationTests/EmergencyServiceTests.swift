import Foundation
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Emergency access over PostgreSQL and the register")
struct EmergencyServiceTests {
  private static let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"

  /// A focal point of another mission than the case's, who sees nothing of it; a legal officer to be told beside the case
  /// officer.
  private struct Setting {
    var caseName: String
    var focalPoint: (name: String, uri: String)
    var legal: String
  }

  private static func setting(_ harness: AccessHarness) async throws -> Setting {
    Setting(
      caseName: try await harness.caseName(),
      focalPoint: try await harness.reader(.mfp, "minusca", of: "minusca", .mission),
      legal: try await harness.legalOfficer())
  }

  @Test func theGlassOpensACaseForHoursAndOthersAreTold() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let (name, uri) = setting.focalPoint
      #expect(try await harness.sees(.exact, of: setting.caseName, as: uri).transform == nil)
      let access = try await harness.breakGlass(of: setting.caseName, as: uri)
      #expect(access.principal == name && access.case == setting.caseName && access.reason == "staff in danger")
      #expect(access.startTime == harness.time.now && access.endTime.seconds == harness.time.now.seconds + 4 * 3600)
      #expect(access.notified.count == 2 && !access.notified.contains(name) && access.reviewer.isEmpty)
      // It is on record with the answer, that they are told of it too.
      for told in [AccessHarness.officerURI, setting.legal] {
        let notices = try await harness.notices(as: told)
        #expect(notices.map(\.kind) == [.emergencyAccessUsed] && notices.map(\.subject) == [access.name])
      }
      try await harness.untilPolicy { !$0.emergencies.isEmpty }
      #expect(try await harness.sees(.exact, of: setting.caseName, as: uri).transform == .clear)
      #expect(try await harness.sees(.witness, of: setting.caseName, as: uri).transform == nil)
      // Nobody else's, and not for ever.
      let (_, other) = try await harness.reader(.mfp, "unmiss", of: "unmiss", .mission)
      #expect(try await harness.sees(.exact, of: setting.caseName, as: other).transform == nil)
      harness.time.advance(4 * 3600)
      #expect(try await harness.sees(.exact, of: setting.caseName, as: uri).transform == nil)
    }
  }

  @Test func aReviewByAnotherEndsIt() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let uri = setting.focalPoint.uri
      let access = try await harness.breakGlass(of: setting.caseName, as: uri) { $0.duration.seconds = 3600 }
      #expect(access.endTime.seconds == harness.time.now.seconds + 3600)
      try await harness.untilPolicy { !$0.emergencies.isEmpty }
      // Until it is reviewed, the same glass is not broken again, not even when it is over.
      harness.time.advance(3600)
      let again = try await failure { try await harness.breakGlass(of: setting.caseName, as: uri) }
      #expect(again?.code == .alreadyExists && again?.metadata == ["field": "case"])
      let own = try await failure { try await harness.review(access, as: uri) }
      #expect(own?.code == .permissionDenied)
      for bad in ["", String(repeating: "x", count: 2001)] {
        #expect(try await failure { try await harness.review(access, finding: bad) }?.code == .invalidArgument)
      }
      #expect(try await failure { try await harness.review(access, etag: "\"9\"") }?.code == .aborted)
      let reviewed = try await harness.review(access, finding: "needed", etag: access.etag)
      #expect(reviewed.finding == "needed" && !reviewed.reviewer.isEmpty && reviewed.endTime == access.endTime)
      #expect(try await failure { try await harness.review(access) }?.reason == "RESOURCE_ENDED")
      #expect(try await harness.notices(as: uri).map(\.kind) == [.emergencyAccessReviewed])
      let next = try await harness.breakGlass(of: setting.caseName, as: uri)
      try await harness.untilPolicy { $0.emergencies.count == 1 }
      #expect(try await harness.sees(.exact, of: setting.caseName, as: uri).transform == .clear)
      harness.time.advance(1)
      #expect(try await harness.review(next, as: setting.legal).endTime == harness.time.now)
      try await harness.untilPolicy { $0.emergencies.isEmpty }
      #expect(try await harness.sees(.exact, of: setting.caseName, as: uri).transform == nil)
    }
  }

  /// The senior focal point may break the glass and review; not its own.
  @Test func nobodyReviewsItself() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let (_, senior) = try await harness.reader(.sfp, "senior", of: "DPO")
      let access = try await harness.breakGlass(of: setting.caseName, as: senior)
      #expect(try await failure { try await harness.review(access, as: senior) }?.code == .permissionDenied)
      let other = try await harness.breakGlass(of: setting.caseName, as: setting.focalPoint.uri)
      #expect(try await !harness.review(other, as: senior).reviewer.isEmpty)
      #expect(try await !harness.review(access).reviewer.isEmpty)
    }
  }

  @Test func thePolicyDecidesWhetherItHolds() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let caseName = try await harness.caseName()
      let (_, uri) = try await harness.reader(.mfp, "minusca", of: "minusca", .mission)
      // One case officer is one too few to tell; of a case that does not exist nothing else is said.
      for name in [caseName, Self.nowhere] {
        let alone = try await failure { try await harness.breakGlass(of: name, as: uri) }
        #expect(alone?.code == .failedPrecondition && alone?.reason == "NOBODY_TO_TELL")
        #expect(alone?.metadata == ["needed": "2"])
      }
      let legal = try await harness.principal("ola", of: try await harness.organisation("OLA", .secretariat))
      let role = try await harness.role(.leg, to: legal.name)
      for (seconds, nanos): (Int64, Int32) in [(4 * 3600 + 1, 0), (0, 0), (-1, 0), (1, 1)] {
        let refused = try await failure {
          try await harness.breakGlass(of: caseName, as: uri) {
            $0.duration.seconds = seconds
            $0.duration.nanos = nanos
          }
        }
        #expect(refused?.code == .invalidArgument && refused?.metadata == ["hours": "4"], "\(seconds).\(nanos)")
      }
      for reason in ["", String(repeating: "x", count: 501)] {
        let refused = try await failure { try await harness.breakGlass(of: caseName, as: uri) { $0.reason = reason } }
        #expect(refused?.code == .invalidArgument)
      }
      let unknown = try await failure { try await harness.breakGlass(of: Self.nowhere, as: uri) }
      #expect(unknown?.code == .notFound)
      // Sealed records are there for nobody else, whatever glass is broken.
      let lockdown = try await harness.lock("missions/untso")
      try await harness.untilPolicy { !$0.lockdowns.isEmpty }
      #expect(try await failure { try await harness.breakGlass(of: caseName, as: uri) } == unknown)
      _ = try await harness.unlock(lockdown, as: AccessHarness.uri("ola"))
      try await harness.untilPolicy { $0.lockdowns.isEmpty }
      // Who holds the role no longer, is not told.
      harness.time.advance(1)
      _ = try await harness.end(role)
      #expect(try await failure { try await harness.breakGlass(of: caseName, as: uri) }?.reason == "NOBODY_TO_TELL")
      try await harness.role(.leg, to: legal.name)
      _ = try await harness.disable(legal.name)
      #expect(try await failure { try await harness.breakGlass(of: caseName, as: uri) }?.reason == "NOBODY_TO_TELL")
      #expect(try await harness.count("emergency_accesses") == 0)
    }
  }

  /// Whom the policy does not name learns nothing: the answer is one for every case.
  @Test func othersDoNotBreakTheGlass() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let (_, egypt) = try await harness.state("EGY")
      let (_, auditor) = try await harness.reader(.aud, "oios", of: "OIOS", .auditor)
      for uri in [egypt, auditor, setting.legal, AccessHarness.officerURI, AccessHarness.operatorURI] {
        for name in [setting.caseName, Self.nowhere] {
          let refused = try await failure { try await harness.breakGlass(of: name, as: uri) }
          #expect(refused?.code == .permissionDenied && refused?.metadata == [:], "\(uri)")
        }
      }
    }
  }

  /// While a focal point is away, its alternate may.
  @Test func anAlternateMay() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let organisation = try await harness.directory.listOrganisations(
        .with { $0.filter = "party = minusca" }, metadata: caller(AccessHarness.officerURI)
      ).organisations
      let alternate = try await harness.principal("alternate", of: try #require(organisation.first))
      let uri = AccessHarness.uri("alternate")
      #expect(
        try await failure { try await harness.breakGlass(of: setting.caseName, as: uri) }?.code == .permissionDenied)
      _ = try await harness.delegate([.mfp], to: alternate.name, as: setting.focalPoint.uri)
      #expect(try await harness.breakGlass(of: setting.caseName, as: uri).principal == alternate.name)
    }
  }

  @Test func aRepeatedCallBreaksOneGlass() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let id = freshRequestID()
      let first = try await harness.breakGlass(of: setting.caseName, as: setting.focalPoint.uri) { $0.requestID = id }
      let again = try await harness.breakGlass(of: setting.caseName, as: setting.focalPoint.uri) { $0.requestID = id }
      #expect(first == again)
      #expect(try await harness.count("notices") == 2)
      // Two at once are one as well.
      let (_, other) = try await harness.reader(.dss, "dss", of: "DSS")
      let both = try await withThrowingTaskGroup(of: Failure?.self) { group in
        for _ in 0..<2 {
          group.addTask { try await failure { try await harness.breakGlass(of: setting.caseName, as: other) } }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(both.count { $0 == nil } == 1)
      #expect(both.contains { $0?.code == .alreadyExists || $0?.code == .aborted })
    }
  }

  @Test func whoSeesEmergencyAccesses() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let (_, safety) = try await harness.reader(.dss, "dss", of: "DSS")
      let (_, auditor) = try await harness.reader(.aud, "oios", of: "OIOS", .auditor)
      let first = try await harness.breakGlass(of: setting.caseName, as: setting.focalPoint.uri)
      harness.time.advance(1)
      let second = try await harness.breakGlass(of: setting.caseName, as: safety)
      for uri in [AccessHarness.officerURI, setting.legal, auditor] {
        #expect(try await harness.accesses(as: uri).map(\.name) == [second.name, first.name], "\(uri)")
      }
      #expect(try await harness.accesses(as: safety) == [second])
      #expect(try await harness.accesses(as: AccessHarness.operatorURI) == [])
      let filter = "case = '\(setting.caseName)' AND principal = '\(setting.focalPoint.name)' AND reviewed = false"
      #expect(try await harness.accesses(as: AccessHarness.officerURI, filter: filter) == [first])
      #expect(try await harness.accesses(as: safety, filter: filter) == [])
      // Another's is not there for whoever may not see it.
      let audited = try await failure { try await harness.review(first, as: auditor) }
      #expect(audited?.code == .permissionDenied, "who sees it does not therefore review it")
      let hidden = try await failure { try await harness.review(first, as: safety) }
      #expect(hidden?.code == .notFound)
    }
  }

  @Test func nothingIsRewritten() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let setting = try await Self.setting(harness)
      let access = try await harness.breakGlass(of: setting.caseName, as: setting.focalPoint.uri)
      let id = access.principal.split(separator: "/")[1]
      for sql in [
        "DELETE FROM emergency_accesses", "DELETE FROM notices", "DELETE FROM lockdowns",
        "UPDATE emergency_accesses SET reviewer_id = principal_id, finding = 'x'",
        "UPDATE emergency_accesses SET notified = ARRAY['\(id)'::uuid]",
      ] {
        await #expect(throws: PostgresError.self, "\(sql)") { try await harness.pool.execute(Statement(sql: sql)) }
      }
    }
  }
}
