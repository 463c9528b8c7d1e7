import Foundation
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Lockdowns and notices over PostgreSQL and the register")
struct LockdownTests {
  @Test func aLockdownClosesAMissionUntilAnotherEndsIt() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let legal = try await harness.legalOfficer()
      let caseName = try await harness.caseName()
      #expect(try await harness.sees(.core, of: caseName, as: egypt).transform == .clear)
      let elsewhere = try await harness.lock("missions/minusma")
      try await harness.untilPolicy { $0.lockdowns.count == 1 }
      #expect(try await harness.sees(.core, of: caseName, as: egypt).transform == .clear)
      let lockdown = try await harness.lock("missions/untso")
      #expect(lockdown.startTime == harness.time.now && !lockdown.hasEndTime && lockdown.ender.isEmpty)
      try await harness.untilPolicy { $0.lockdowns.count == 2 }
      #expect(try await harness.sees(.core, of: caseName, as: egypt).transform == nil)
      #expect(try await harness.sees(.core, of: caseName, as: AccessHarness.officerURI).transform == .clear)
      // Whoever began it does not end it.
      let own = try await failure { try await harness.unlock(lockdown, as: AccessHarness.officerURI) }
      #expect(own?.code == .permissionDenied)
      #expect(try await failure { try await harness.unlock(lockdown, as: legal, etag: "\"9\"") }?.code == .aborted)
      harness.time.advance(1)
      let ended = try await harness.unlock(lockdown, as: legal, etag: lockdown.etag)
      #expect(ended.endTime == harness.time.now && !ended.ender.isEmpty && ended.ender != ended.initiator)
      try await harness.untilPolicy { $0.lockdowns.count == 1 }
      #expect(try await harness.sees(.core, of: caseName, as: egypt).transform == .clear)
      #expect(try await failure { try await harness.unlock(lockdown, as: legal) }?.reason == "RESOURCE_ENDED")
      #expect(try await harness.lockdowns(as: legal, filter: "active = true") == [elsewhere])
      #expect(try await harness.lockdowns(as: legal, filter: "mission = 'missions/untso'") == [ended])
      #expect(try await harness.lockdowns(as: legal).map(\.name) == [lockdown.name, elsewhere.name])
    }
  }

  @Test func recordsAreReadOnlyInTheWholeRegister() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let lockdown = try await harness.lock("", .readOnly) {
        $0.lockdown.endTime.seconds = harness.time.now.seconds + 60
      }
      #expect(lockdown.mission.isEmpty && lockdown.hasEndTime)
      try await harness.untilPolicy { !$0.lockdowns.isEmpty }
      #expect(try await harness.sees(.core, of: caseName, as: egypt).transform == .clear)
      func isHeldBack() async throws -> Bool {
        try await failure { try await harness.embargo(.release, on: caseName) }?.code == .permissionDenied
      }
      #expect(try await isHeldBack())
      // It ends by itself at the time that was said.
      harness.time.advance(60)
      #expect(try await !isHeldBack())
      let over = try await failure { try await harness.unlock(lockdown, as: try await harness.legalOfficer()) }
      #expect(over?.reason == "RESOURCE_ENDED")
    }
  }

  @Test func aRehearsalLocksNothing() async throws {
    try await AccessHarness.run { harness in
      let rehearsed = try await harness.lock("missions/untso") { $0.validateOnly = true }
      #expect(rehearsed.name.isEmpty && rehearsed.mission == "missions/untso")
      for table in ["lockdowns", "notices"] { #expect(try await harness.count(table) == 0) }
      for change in [
        { $0.lockdown.mode = .unspecified }, { $0.lockdown.mission = "UNTSO" }, { $0.lockdown.mission = "missions/" },
        { $0.lockdown.startTime.seconds = 1 }, { $0.lockdown.endTime.seconds = 1 }, { $0.reason = "" },
      ] as [(inout PBCreateLockdownRequest) -> Void] {
        let refused = try await failure {
          try await harness.lock("missions/untso", as: AccessHarness.officerURI, change)
        }
        #expect(refused?.code == .invalidArgument)
      }
    }
  }

  /// A focal point locks what is its mission's and nothing else; it does not unlock.
  @Test func whoLocksAndWhoSees() async throws {
    try await AccessHarness.run { harness in
      let (_, focalPoint) = try await harness.reader(.mfp, "untso", of: "untso", .mission)
      let (_, scoped) = try await harness.reader(.mfp, "desk", of: "DPO", scope: "minusma")
      let (_, safety) = try await harness.reader(.dss, "dss", of: "DSS")
      let (_, auditor) = try await harness.reader(.aud, "oios", of: "OIOS", .auditor)
      let (_, egypt) = try await harness.state("EGY")
      for (uri, mission) in [
        (focalPoint, "missions/minusma"), (focalPoint, ""), (scoped, "missions/untso"), (egypt, "missions/untso"),
        (auditor, "missions/untso"), (AccessHarness.operatorURI, "missions/untso"),
      ] {
        let refused = try await failure { try await harness.lock(mission, as: uri) }
        #expect(refused?.code == .permissionDenied, "\(uri) \(mission)")
      }
      let untso = try await harness.lock("missions/untso", as: focalPoint)
      harness.time.advance(1)
      let minusma = try await harness.lock("missions/minusma", as: scoped)
      harness.time.advance(1)
      let every = try await harness.lock("", as: safety)
      for uri in [AccessHarness.officerURI, safety, auditor, AccessHarness.operatorURI] {
        #expect(try await harness.lockdowns(as: uri).map(\.name) == [every.name, minusma.name, untso.name], "\(uri)")
      }
      #expect(try await harness.lockdowns(as: focalPoint).map(\.name) == [every.name, untso.name])
      #expect(try await harness.lockdowns(as: scoped).map(\.name) == [every.name, minusma.name])
      #expect(try await harness.lockdowns(as: egypt) == [])
      // Safety and focal points do not unlock what others have locked.
      #expect(try await failure { try await harness.unlock(untso, as: safety) }?.code == .permissionDenied)
      #expect(try await failure { try await harness.unlock(every, as: focalPoint) }?.code == .permissionDenied)
      let hidden = try await failure { try await harness.unlock(minusma, as: focalPoint) }
      #expect(hidden?.code == .notFound)
      #expect(try await failure { try await harness.unlock(untso, as: egypt) } == hidden)
      #expect(try await !harness.unlock(untso, as: AccessHarness.officerURI).ender.isEmpty)
    }
  }

  @Test func aNoticeIsItsRecipientsOwn() async throws {
    try await AccessHarness.run { harness in
      let (_, safety) = try await harness.reader(.dss, "dss", of: "DSS")
      let (_, egypt) = try await harness.state("EGY")
      let lockdown = try await harness.lock("missions/untso", as: safety)
      // Whoever does a thing is not told of it.
      for uri in [safety, egypt] { #expect(try await harness.notices(as: uri) == []) }
      #expect(try await harness.pool.execute(CountRows(table: "notices WHERE deliver_time < 'infinity'")) == [0])
      let notice = try #require(try await harness.notices(as: AccessHarness.officerURI).first)
      #expect(notice.kind == .lockdownBegun && notice.subject == lockdown.name && notice.state == .delivered)
      #expect(notice.deliverTime == harness.time.now && !notice.hasAcknowledgeTime)
      harness.time.advance(5)
      #expect(try await harness.notices(as: AccessHarness.officerURI) == [notice], "it is delivered once")
      let unknown = "notices/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let hidden = try await failure { try await harness.acknowledge(notice.name, as: safety) }
      #expect(hidden?.code == .notFound)
      #expect(try await failure { try await harness.acknowledge(unknown, as: safety) } == hidden)
      let known = try await harness.acknowledge(notice.name, as: AccessHarness.officerURI)
      #expect(known.state == .acknowledged && known.acknowledgeTime == harness.time.now)
      harness.time.advance(5)
      #expect(try await harness.acknowledge(notice.name, as: AccessHarness.officerURI) == known)
      #expect(try await harness.notices(as: AccessHarness.officerURI, filter: "acknowledged = false") == [])
      #expect(try await harness.notices(as: AccessHarness.officerURI, filter: "kind = LOCKDOWN_BEGUN") == [known])
      _ = try await harness.unlock(lockdown, as: AccessHarness.officerURI)
      #expect(try await harness.notices(as: safety).map(\.kind) == [.lockdownEnded])
    }
  }

  @Test func whoBeganALockdownCannotBeItsEnder() async throws {
    try await AccessHarness.run { harness in
      _ = try await harness.lock("missions/untso")
      let sql = "UPDATE lockdowns SET ender_id = initiator_id"
      await #expect(throws: PostgresError.self) { try await harness.pool.execute(Statement(sql: sql)) }
    }
  }
}
