import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@Suite("Reads of cases and missions")
struct ReadTests {
  @Test func getsACaseWithItsVictims() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      // The worst day on record of the operation in the Congo, as the publisher counts it.
      let listed = try await harness.allCases("mission = ONUC AND incident_date = 1961-05-22")
      #expect(listed.count == 1 && listed[0].victims.isEmpty)
      let found = try await harness.cases.getCase(.with { $0.name = listed[0].name })
      #expect(found.victims.count == 40 && found.victimCount == 40)
      #expect(found.displayNumber.hasPrefix("ONUC-1961-"))
      #expect(found.mission == "missions/onuc")
      #expect(found.hostStates == ["COD"] && !found.hostStatesReviewed)
      #expect(found.act == .killing && found.state == .triage)
      #expect(found.provenance.dataSet == "DPPADPOSS-FATALITIES")
      #expect(found.provenance.sourceClassification == "Malicious Act")
      #expect(found.provenance.publicationDate.year == 2025)
      #expect(!found.etag.isEmpty && found.hasCreateTime && found.updateTime == found.createTime)
      #expect(found.victims.map(\.casualtyID) == found.victims.map(\.casualtyID).sorted())
      #expect(found.victims.allSatisfy { $0.name.hasPrefix(found.name + "/victims/") && $0.harm == .killed })
      var basic = found
      basic.victims = []
      #expect(basic == listed[0])
      let full = try await harness.allCases("mission = ONUC AND incident_date = 1961-05-22", view: .full)
      #expect(full == [found])
    }
  }

  /// A later publication that touches a case changes its etag; one that does not, does not.
  @Test func etagsFollowChanges() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let before = try await harness.allCases(orderBy: "incident_date")
      _ = try await harness.importFile(Array(Files.exercise(2, published: "2020-02-01").utf8))
      #expect(try await harness.allCases(orderBy: "incident_date") == before)
      let changed = Files.exercise(2, published: "2020-03-01")
        .replacing("10001,UNTSO,Fatality,M", with: "10001,UNTSO,Fatality,F")
      _ = try await harness.importFile(Array(changed.utf8))
      let after = try await harness.allCases(orderBy: "incident_date")
      #expect(after[0] == before[0])
      #expect(after[1].etag != before[1].etag)
      #expect(after[1].provenance.publicationDate.month == 3)
    }
  }

  @Test(arguments: [
    ("cases/0190b5a2-7c3e-7abc-8def-0123456789ab", RPCError.Code.notFound, "RESOURCE_NOT_FOUND"),
    ("", .invalidArgument, "INVALID_RESOURCE_NAME"), ("cases/", .invalidArgument, "INVALID_RESOURCE_NAME"),
    ("cases/1", .invalidArgument, "INVALID_RESOURCE_NAME"),
    ("missions/minusma", .invalidArgument, "INVALID_RESOURCE_NAME"),
    ("cases/0190B5A2-7C3E-7ABC-8DEF-0123456789AB", .invalidArgument, "INVALID_RESOURCE_NAME"),
    ("cases/0190b5a2-7c3e-7abc-8def-0123456789ab\u{0}", .invalidArgument, "INVALID_RESOURCE_NAME"),
    ("cases/' OR true --", .invalidArgument, "INVALID_RESOURCE_NAME"),
  ])
  func refusesNames(_ name: String, _ code: RPCError.Code, _ reason: String) async throws {
    try await CasesHarness.run { harness in
      let refused = try await failure { try await harness.cases.getCase(.with { $0.name = name }) }
      #expect(refused?.code == code && refused?.reason == reason)
    }
  }

  @Test func getsAndListsMissions() async throws {
    try await CasesHarness.run { harness in
      let all = try await harness.cases.listMissions(.with { $0.pageSize = 500 }).missions
      #expect(all.count == 103)
      #expect(all.map(\.code) == all.map(\.code).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      #expect(all.allSatisfy { !$0.datesReviewed && $0.hosts.allSatisfy { !$0.reviewed } })
      var paged: [PBMission] = []
      var request = PBListMissionsRequest.with { $0.pageSize = 7 }
      repeat {
        let page = try await harness.cases.listMissions(request)
        paged += page.missions
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      #expect(paged == all)

      let minurso = try await harness.cases.getMission(.with { $0.name = "missions/minurso" })
      #expect(minurso.hosts.map(\.state) == ["ESH"] && minurso.hosts[0].role == .territory && minurso.active)
      let second = try await harness.cases.getMission(.with { $0.name = "missions/unef-ii" })
      #expect(second.code == "UNEF II" && second.partOf == "missions/unef" && second.endDate.day == 0)
      let unknown = try await failure { try await harness.cases.getMission(.with { $0.name = "missions/x" }) }
      #expect(unknown?.code == .notFound)

      func codes(_ filter: String) async throws -> [String] {
        try await harness.cases.listMissions(.with { $0.filter = filter }).missions.map(\.code)
      }
      #expect(try await codes("host_state = HTI AND kind = SPECIAL_POLITICAL_MISSION") == ["BINUH", "MICAH"])
      #expect(try await codes("code = MINUSMA") == ["MINUSMA"])
      #expect(try await codes("active = true AND kind = PEACEKEEPING_OPERATION").count == 11)
      let bad = try await failure { try await codes("active = yes") }
      #expect(bad?.reason == "INVALID_FILTER")
    }
  }
}
