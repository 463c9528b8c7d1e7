import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Relations to cases follow from facts")
struct RelationTests {
  /// Each relation as `party hat`, sorted.
  private static func relations(_ harness: CasesHarness, of name: String) async throws -> [String] {
    let facts = try await harness.facts.batchGetCaseFacts(.with { $0.names = [name] }).cases
    return try #require(facts.first).relations.map { "\($0.party) \($0.hat)" }
  }

  @Test func ofMissionHostsAndVictims() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let cases = try await harness.allCases(pageSize: 100, view: .full)
      for found in cases.prefix(60) {
        var expected = ["\(found.mission.dropFirst(9)) mission"]
        let mission = try await harness.cases.getMission(.with { $0.name = found.mission })
        expected += mission.hosts.filter { [.hostState, .territory].contains($0.role) }.map { "\($0.state) host" }
        let civilians: [PBPersonnelCategory] = [.civIntl, .civNational, .unv, .consultant, .contractor, .other]
        expected += found.victims.filter { !$0.nationality.code.isEmpty }.map {
          "\($0.nationality.code) \(civilians.contains($0.category) ? "nationality" : "contributor")"
        }
        #expect(Set(try await Self.relations(harness, of: found.name)) == Set(expected), "\(found.displayNumber)")
      }
    }
  }

  /// Who is a host on the day of the incident by its relation is one by the list of the case.
  @Test func aHostsPeriodIsThatOfItsAssignment() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      #expect(
        try await harness.count(
          """
          cases c WHERE ARRAY(SELECT r.party FROM case_relations r WHERE r.case_id = c.id AND r.hat = 1
          AND greatest(r.valid_from, c.incident_from) < least(r.valid_until, c.incident_until) ORDER BY 1) <> c.host_states
          """) == 0)
      #expect(try await harness.count("case_relations WHERE hat = 1") > 400)
    }
  }

  /// 5h, invariant 2: in the step that takes the fact away, and with it what follows; and nothing is forgotten.
  @Test func aFactThatGoesTakesTheRightWithIt() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let name = try #require(try await harness.allCases(orderBy: "incident_date").first).name
      #expect(try await harness.getCase(name, as: "xaa").victims.count == 1)
      let changed = Files.exercise(2, published: "2020-02-01")
        .replacing("Xandria,Military,Malicious Act,,XAA", with: "Xburia,Military,Malicious Act,,XBB")
      let response = try await harness.importFile(Array(changed.utf8))
      #expect(response.rows.changed == 2)
      let gone = try await failure { try await harness.getCase(name, as: "xaa") }
      #expect(gone?.code == .notFound)
      #expect(try await harness.allCases(as: "xaa").isEmpty)
      #expect(try await harness.getCase(name, as: "xbb").victims.count == 1)
      #expect(try await harness.count("case_relation_records WHERE party = 'XAA' AND ended_at <= now()") == 2)
      let back = Files.exercise(2, published: "2020-03-01")
      _ = try await harness.importFile(Array(back.utf8))
      #expect(try await harness.getCase(name, as: "xaa").victims.count == 1)
      #expect(try await harness.count("case_relation_records WHERE party = 'XAA'") == 4)
    }
  }

  @Test(arguments: [
    ("DELETE FROM mission_hosts WHERE mission_id = 'minusma'", "mli"),
    ("UPDATE mission_hosts SET role = 5 WHERE mission_id = 'minusma'", "mli"),
    ("UPDATE mission_hosts SET state = 'XCC' WHERE mission_id = 'minusma'", "mli"),
    ("UPDATE mission_hosts SET start_date = 20300000 WHERE mission_id = 'minusma'", "mli"),
    ("UPDATE victims SET withdrawn = true WHERE nationality_code = 'TCD'", "tcd"),
    ("UPDATE victims SET nationality_code = 'XCC' WHERE nationality_code = 'TCD'", "tcd"),
    ("DELETE FROM victims WHERE nationality_code = 'TCD'", "tcd"),
  ])
  func whoeverChangesTheFact(_ change: String, _ client: String) async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.recent())
      let filter = "mission = MINUSMA AND nationality != \(client == "mli" ? "MLI" : "XAA")"
      #expect(try await harness.allCases(filter, as: client).count > 5)
      try await harness.run(change)
      #expect(try await harness.allCases(filter, as: client).isEmpty)
      #expect(try await harness.count("case_relation_records WHERE ended_at <= now()") > 5)
    }
  }

  /// A victim that moves takes its State's relation along.
  @Test func aVictimThatMovesToAnotherCase() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let names = try await harness.allCases(orderBy: "incident_date").map(\.name)
      try await harness.run("UPDATE victims SET case_id = (SELECT id FROM cases ORDER BY incident_date DESC LIMIT 1)")
      #expect(try await Self.relations(harness, of: names[0]).allSatisfy { !$0.hasPrefix("XAA") })
      #expect(try await Self.relations(harness, of: names[1]).contains("XAA contributor"))
    }
  }

  @Test func factsForAccessControl() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(3).utf8))
      try await harness.run(
        "UPDATE cases SET caveats = (1 << 2) | (1 << 10), classification = 2 WHERE incident_date = 19490110")
      let names = try await harness.allCases(orderBy: "incident_date").map(\.name)
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let answer = try await harness.facts.batchGetCaseFacts(
        .with { $0.names = [names[2], unknown, names[0], names[2]] })
      #expect(answer.cases.map(\.case) == [names[2], names[0]])
      let facts = answer.cases[1]
      #expect(facts.classification == .strictlyConfidential && facts.caveats == [.sgbv, .minor])
      #expect(facts.incidentFrom.day == 10 && facts.incidentUntil.day == 11 && facts.incidentFrom.year == 1949)
      let contributor = try #require(facts.relations.first { $0.hat == .contributor })
      #expect(contributor.party == "XAA" && !contributor.hasValidFrom && !contributor.hasValidUntil)
      for names in [[], Array(repeating: unknown, count: 1001)] {
        let refused = try await failure { try await harness.facts.batchGetCaseFacts(.with { $0.names = names }) }
        #expect(refused?.reason == "INVALID_FIELD")
      }
      let misnamed = try await failure { try await harness.facts.batchGetCaseFacts(.with { $0.names = ["x"] }) }
      #expect(misnamed?.reason == "INVALID_RESOURCE_NAME")
    }
  }

  /// The days that a date may mean are the ones that the domain says.
  @Test func daysOfADate() async throws {
    let dates = [
      ("2019-05-18", "2019-05-18", "2019-05-19"), ("2019-02", "2019-02-01", "2019-03-01"),
      ("2019-12", "2019-12-01", "2020-01-01"), ("2019", "2019-01-01", "2020-01-01"),
      ("2020-02-29", "2020-02-29", "2020-03-01"), ("9999-12-31", "9999-12-31", "10000-01-01"),
    ]
    try await CasesHarness.run { harness in
      for (text, first, after) in dates {
        let value = try #require(PartialDate(text)).rawValue
        let days = "first_day(\(value)) = '\(first)' AND day_after(\(value)) = '\(after)'"
        #expect(try await harness.count("(SELECT 1) t WHERE \(days)") == 1, "\(text)")
      }
    }
  }
}
