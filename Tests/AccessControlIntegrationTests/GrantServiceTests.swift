import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Grants over PostgreSQL and the register")
struct GrantServiceTests {
  @Test func aGrantOpensWhatAnotherHasApproved() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let asked = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt)
      #expect(asked.state == .requested && asked.approver.isEmpty)
      var sees = try await harness.sees(.exact, of: caseName, as: egypt)
      #expect(sees.transform == .drop && sees.reason == .grantRequired)
      for uri in [egypt, AccessHarness.operatorURI] {
        #expect(try await failure { try await harness.approve(asked, as: uri) } != nil, "\(uri)")
      }
      let approved = try await harness.approve(asked) { $0.etag = asked.etag }
      #expect(approved.state == .approved && !approved.approver.isEmpty && approved.approver != approved.requester)
      try await harness.untilPolicy { $0.grants.count == 1 }
      sees = try await harness.sees(.exact, of: caseName, as: egypt)
      #expect(sees.transform == .clear && sees.usedGrants == [approved.name])
      // For this purpose only, and for nobody else.
      #expect(try await harness.sees(.exact, of: caseName, as: egypt, for: .research).transform == .drop)
      let (_, israel) = try await harness.state("ISR")
      #expect(try await harness.sees(.exact, of: caseName, as: israel).transform == .drop)
      let revoked = try await harness.revoke(approved, etag: approved.etag)
      #expect(revoked.state == .revoked)
      try await harness.untilPolicy { $0.grants.isEmpty }
      #expect(try await harness.sees(.exact, of: caseName, as: egypt).transform == .drop)
    }
  }

  /// 5e: approver ≠ requester, whoever they are.
  @Test func nobodyApprovesWhatItAskedFor() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      _ = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let legal = try await harness.legalOfficer()
      let asked = try await harness.request([.exact], of: caseName, to: "EGY", as: AccessHarness.officerURI)
      let approved = try await failure { try await harness.approve(asked) }
      let refused = try await failure { try await harness.refuse(asked) }
      #expect(approved?.code == .permissionDenied && refused?.code == .permissionDenied)
      #expect(try await harness.approve(asked, as: legal).state == .approved)
    }
  }

  @Test func aStateSeesItsOwnGrantsOnly() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let (_, kenya) = try await harness.state("KEN")
      let caseName = try await harness.caseName()
      let asked = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt)
      func names(_ uri: String, _ filter: String = "") async throws -> [String] {
        try await harness.grants.listGrants(.with { $0.filter = filter }, metadata: caller(uri)).grants.map(\.name)
      }
      #expect(try await names(egypt) == [asked.name])
      #expect(try await names(kenya) == [])
      #expect(try await names(kenya, "case = '\(caseName)'") == [])
      #expect(try await names(AccessHarness.officerURI, "state = REQUESTED AND grantee = EGY") == [asked.name])
      #expect(try await names(AccessHarness.officerURI, "active = true") == [])
      let hidden = try await failure {
        try await harness.grants.getGrant(.with { $0.name = asked.name }, metadata: caller(kenya))
      }
      let unknown = try await failure {
        try await harness.grants.getGrant(
          .with { $0.name = "grants/0190b5a2-7c3e-7abc-8def-0123456789ab" }, metadata: caller(kenya))
      }
      #expect(hidden?.code == .notFound && hidden == unknown)
      // Kenya has nothing to do with the case: asking for it is as asking for one that does not exist.
      let forbidden = try await failure { try await harness.request([.exact], of: caseName, to: "KEN", as: kenya) }
      let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let missing = try await failure { try await harness.request([.exact], of: nowhere, to: "KEN", as: kenya) }
      #expect(forbidden?.code == .notFound && forbidden == missing)
      // Nor does a State ask for another.
      let forAnother = try await failure { try await harness.request([.exact], of: caseName, to: "KEN", as: egypt) }
      #expect(forAnother?.code == .permissionDenied)
    }
  }

  @Test func thePolicyLimitsWhatIsGiven() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let long = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt) {
        $0.grant.endTime.seconds += 366 * 86_400
      }
      let closed = try await harness.request([.assistance], of: caseName, to: "EGY", as: egypt)
      for grant in [long, closed] {
        let refused = try await failure { try await harness.approve(grant) }
        #expect(refused?.code == .failedPrecondition && refused?.reason == "GRANT_NOT_APPROVABLE")
      }
      // Only the Office of Legal Affairs clears for itself.
      let other = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt)
      let notLegal = try await failure { try await harness.approve(other) { $0.clearsForLegal = true } }
      #expect(notLegal?.code == .permissionDenied)
      #expect(try await harness.refuse(other).state == .refused)
      let late = try await failure { try await harness.approve(other) }
      #expect(late?.reason == "RESOURCE_ENDED")
      let legal = try await harness.legalOfficer()
      let cleared = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt)
      #expect(try await harness.approve(cleared, as: legal) { $0.clearsForLegal = true }.clearedByLegal)
      for change in [
        { $0.grant.dataClasses = [] }, { $0.grant.purpose = .unspecified }, { $0.grant.legalBasis = "" },
        { $0.grant.clearEndTime() }, { $0.grant.grantee = "no party" },
      ] as [(inout PBRequestGrantRequest) -> Void] {
        let refused = try await failure {
          try await harness.request([.exact], of: caseName, to: "EGY", as: egypt, change)
        }
        #expect(refused?.code == .invalidArgument)
      }
    }
  }

  @Test func aGrantWaitsForItsConditions() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let asked = try await harness.request([.exact], of: caseName, to: "EGY", as: egypt) {
        $0.grant.conditions = [.fairTrial, .dueDiligence]
      }
      let approved = try await harness.approve(asked)
      try await harness.untilPolicy { $0.grants.count == 1 }
      #expect(try await harness.sees(.exact, of: caseName, as: egypt).transform == .drop)
      let own = try await failure { try await harness.record([.fairTrial, .dueDiligence], of: approved, as: egypt) }
      #expect(own?.code == .permissionDenied)
      let foreign = try await failure { try await harness.record([.victimConsent], of: approved) }
      #expect(foreign?.code == .invalidArgument)
      let met = try await harness.record([.fairTrial, .dueDiligence], of: approved)
      #expect(met.fulfilledConditions == [.fairTrial, .dueDiligence] && met.state == .approved)
      try await harness.untilPolicy { $0.grants.allSatisfy { $0.conditions == $0.fulfilled } }
      #expect(try await harness.sees(.exact, of: caseName, as: egypt).transform == .clear)
    }
  }

  @Test func anEmbargoHoldsBackUntilItIsLifted() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let (_, kenya) = try await harness.state("KEN")
      let caseName = try await harness.caseName()
      #expect(try await harness.sees(.victimAttributes, of: caseName, as: egypt).transform == .clear)
      let refused = try await failure { try await harness.embargo(.nextOfKin, on: caseName, as: egypt) }
      #expect(refused?.code == .permissionDenied)
      let unseen = try await failure { try await harness.embargo(.nextOfKin, on: caseName, as: kenya) }
      #expect(unseen?.code == .notFound)
      let embargo = try await harness.embargo(.nextOfKin, on: caseName)
      // Until the next of kin are told the victim is not there for others.
      #expect(try await harness.sees(.victimAttributes, of: caseName, as: egypt).transform == nil)
      #expect(try await harness.sees(.victimAttributes, of: caseName, as: AccessHarness.officerURI).transform == .clear)
      let told = try await failure {
        try await harness.grants.listEmbargoes(.with { $0.parent = caseName }, metadata: caller(egypt))
      }
      #expect(told?.code == .permissionDenied)
      for uri in [egypt, kenya] {
        let refused = try await failure { try await harness.lift(embargo, as: uri) }
        #expect(refused?.code == .notFound && refused?.metadata == ["type": "vigil.un.org/Embargo"])
      }
      harness.time.advance(1)
      let lifted = try await harness.lift(embargo)
      #expect(lifted.endTime == harness.time.now && !lifted.lifter.isEmpty)
      #expect(try await harness.sees(.victimAttributes, of: caseName, as: egypt).transform == .clear)
      let listed = try await harness.grants.listEmbargoes(
        .with { $0.parent = caseName }, metadata: caller(AccessHarness.officerURI))
      #expect(listed.embargoes == [lifted])
      let again = try await failure { try await harness.lift(embargo) }
      #expect(again?.reason == "RESOURCE_ENDED")
    }
  }
}
