import AIP
import Authorization
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Who sees what of the register")
struct AccessTests {
  /// Six soldiers of Chad fell in one attack in Mali.
  private static let filter = "mission = MINUSMA AND incident_date = 2016-05-18"

  @Test func aStateSeesTheCasesThatItHasToDoWith() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let everything = try await harness.allCases(pageSize: 100, view: .full)
      func expect(_ client: String, _ isRelated: (PBCase) -> Bool) async throws {
        let seen = try await harness.allCases(as: client).map(\.name)
        #expect(seen == everything.filter(isRelated).map(\.name), "\(client)")
      }
      func suffered(_ state: String) -> (PBCase) -> Bool {
        { found in found.victims.contains { $0.nationality.code == state } }
      }
      // Its guests, and its own nationals wherever they served.
      try await expect("mli") { $0.hostStates.contains("MLI") || suffered("MLI")($0) }
      try await expect("tcd") { $0.hostStates.contains("TCD") || suffered("TCD")($0) }
      try await expect("bgd", suffered("BGD"))
      try await expect("minusma") { $0.mission == "missions/minusma" }
      for client in ["legal", "safety", "senior"] { try await expect(client) { _ in true } }
      for client in ["xbb", "idle", "operator", "union", "council", "auditor"] {
        try await expect(client) { _ in false }
      }
    }
  }

  @Test func hostAndContributorSeeTheirOwnPart() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let all = try await harness.allCases(Self.filter, pageSize: 100, view: .full)
      let name = try #require(all.first).name
      let whole = try await harness.getCase(name)
      #expect(whole.victims.count == 6 && whole.redactions.isEmpty && !whole.etag.isEmpty)
      #expect(whole.classification == .confidential)

      // Who sees no etag of the case sees none of its victims.
      let victims = whole.victims.map { victim in
        var victim = victim
        victim.etag = ""
        return victim
      }
      let host = try await harness.getCase(name, as: "mli")
      #expect(host.victims == victims && host.victimCount == 6 && host.redactions.isEmpty)
      #expect(host.etag.isEmpty && !host.hasUpdateTime && host.hasCreateTime)
      let contributor = try await harness.getCase(name, as: "tcd")
      #expect(contributor.victims == victims && contributor.victimCount == 6)
      #expect(contributor.redactions.map(\.field) == ["victims"])
      #expect(contributor.redactions[0].reason == .ownRecordsOnly && contributor.redactions[0].transform == .countOnly)

      let auditor = try await harness.cases.getCase(
        .with { $0.name = name }, metadata: caller("auditor", for: .audit))
      #expect(auditor.victims.count == 6 && auditor.victims.allSatisfy { $0.casualtyID.isEmpty })
      #expect(Set(auditor.victims.map(\.name)).isDisjoint(with: whole.victims.map(\.name)))
      #expect(auditor.victims.allSatisfy { Set($0.redactions.map(\.reason)) == [.grantRequired] })
    }
  }

  /// An unknown case, a forbidden one and one that the roles of a State make nothing of have one answer.
  @Test func unknownAndForbiddenAreOneAnswer() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(1).utf8))
      let name = try #require(try await harness.allCases().first).name
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      func answer(_ asked: String, _ client: String) async throws -> RPCError? {
        do {
          _ = try await harness.getCase(asked, as: client)
          return nil
        } catch let error as RPCError {
          return error
        }
      }
      for client in ["xbb", "idle", "operator", "union", "council", "auditor"] {
        let forbidden = try #require(try await answer(name, client))
        let missing = try #require(try await answer(unknown, client))
        #expect(forbidden.code == .notFound && forbidden.code == missing.code, "\(client)")
        #expect(forbidden.message == missing.message && forbidden.metadata.count == missing.metadata.count)
        let reason = try await failure { try await harness.getCase(name, as: client) }
        let other = try await failure { try await harness.getCase(unknown, as: client) }
        #expect(reason?.reason == other?.reason && reason?.metadata == other?.metadata)
      }
      // The case is there for one who may see it.
      #expect(try await harness.getCase(name, as: "xaa").name == name)
    }
  }

  @Test func everyMethodRefusesWhoIsNotEnrolled() async throws {
    try await CasesHarness.run { harness in
      let calls: [@Sendable (Metadata) async throws -> Void] = [
        { _ = try await harness.cases.getCase(.init(), metadata: $0) },
        { _ = try await harness.cases.listCases(.init(), metadata: $0) },
        { _ = try await harness.cases.getMission(.init(), metadata: $0) },
        { _ = try await harness.cases.listMissions(.init(), metadata: $0) },
        { metadata in
          _ = try await harness.imports.importUNFatalities(metadata: metadata) { try await $0.write(.init()) }
        },
      ]
      for call in calls {
        let unknown = try await failure { try await call(caller("stranger")) }
        #expect(unknown?.code == .permissionDenied && unknown?.reason == "METHOD_NOT_PERMITTED")
        let nobody = try await failure { try await call(caller("nobody")) }
        #expect(nobody?.code == .unauthenticated && nobody?.reason == "CREDENTIALS_MISSING")
      }
    }
  }

  @Test func withoutAFreshPolicyNobodySeesAnything() async throws {
    try await CasesHarness.run { harness in
      var snapshot = try harness.authorizer.current().snapshot
      snapshot.sequence += 1
      snapshot.issuedAt = Enrolled.now.advanced(bySeconds: -31)
      #expect(harness.authorizer.take(snapshot))
      let refused = try await failure { try await harness.cases.listCases(.init()) }
      #expect(refused?.code == .unavailable && refused?.reason == "POLICY_UNAVAILABLE")
      let missions = try await failure { try await harness.cases.listMissions(.init()) }
      #expect(missions?.reason == "POLICY_UNAVAILABLE")
    }
  }

  /// Missions are reference data.
  @Test func everybodyReadsMissions() async throws {
    try await CasesHarness.run { harness in
      let request = PBListMissionsRequest.with { $0.pageSize = 500 }
      let all = try await harness.cases.listMissions(request).missions
      for client in ["xbb", "idle", "operator", "council"] {
        #expect(try await harness.cases.listMissions(request, metadata: caller(client)).missions == all)
        let one = PBGetMissionRequest.with { $0.name = "missions/minusma" }
        #expect(try await harness.cases.getMission(one, metadata: caller(client)).code == "MINUSMA")
      }
    }
  }

  @Test func onlyHeadquartersImports() async throws {
    try await CasesHarness.run { harness in
      let messages = CasesHarness.messages(.init(), Array(Files.exercise(1).utf8))
      for client in ["mli", "legal", "safety", "senior", "minusma", "auditor", "operator", "union"] {
        let refused = try await failure {
          try await harness.imports.importUNFatalities(metadata: caller(client)) { writer in
            for message in messages { try await writer.write(message) }
          }
        }
        #expect(refused?.code == .permissionDenied && refused?.reason == "METHOD_NOT_PERMITTED", "\(client)")
      }
      #expect(try await harness.count("imports") == 0)
    }
  }

  /// A right that is taken away while the file comes is not there when it would be used.
  @Test func anImportNeedsTheRightAtItsEnd() async throws {
    try await CasesHarness.run { harness in
      let messages = CasesHarness.messages(.init(), Array(Files.exercise(1).utf8))
      let refused = try await failure {
        try await harness.imports.importUNFatalities { writer in
          try await writer.write(messages[0])
          // A mission that is not there, asked for after the first message has been read.
          _ = try await harness.cases.listMissions(.init())
          try harness.change {
            $0.principals.removeAll { $0.credential == .certificate(Enrolled.uri(Enrolled.officer)) }
          }
          for message in messages.dropFirst() { try await writer.write(message) }
        }
      }
      #expect(refused?.code == .permissionDenied)
      #expect(try await harness.count("imports") == 0)
    }
  }

  @Test func aPurposeThatIsNoneIsRefused() async throws {
    try await CasesHarness.run { harness in
      let metadata: Metadata = ["test-caller": "auditor", "vigil-purpose": "CURIOSITY"]
      let refused = try await failure { try await harness.cases.listCases(.init(), metadata: metadata) }
      #expect(refused?.code == .invalidArgument)
    }
  }

  @Test func whatIsSeenInNoCaseIsNoField() async throws {
    try await CasesHarness.run { harness in
      func refusal(_ filter: String, _ client: String) async throws -> String? {
        try await failure {
          try await harness.cases.listCases(.with { $0.filter = filter }, metadata: caller(client))
        }?.reason
      }
      for filter in ["nationality = FRA", "category = UNV", "personnel_group != MILITARY", "victim_count > 1"] {
        #expect(try await refusal(filter, "operator") == "INVALID_FILTER")
        #expect(try await refusal(filter, "mli") == nil)
        #expect(try await refusal(filter, Enrolled.officer) == nil)
      }
      try harness.change { snapshot in
        // Only an own forum's cases, of which no victim is shown.
        snapshot.principals.append(try Enrolled.enrolment("court", "XCC", [.forumState], .confidential))
      }
      #expect(try await refusal("nationality = FRA", "court") == "INVALID_FILTER")
      #expect(try await refusal("mission = MINUSMA", "court") == nil)
    }
  }
}
