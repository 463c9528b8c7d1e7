import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Registers of exercises")
struct ExerciseTests {
  @Test("a register is filled whole, tells how far it is, and is read as any other")
  func filled() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      let progress = try await harness.generate(1_100, seed: 3)
      #expect(progress.map(\.caseCount) == [500, 1_000, 1_100])
      let last = try #require(progress.last)
      #expect(try await harness.count("cases") == 1_100)
      #expect(try await harness.count("victims") == Int64(last.victimCount))
      let tables = [
        "communications", "proceedings", "suspects", "tracks", "proceeding_facts", "stage_assertions", "case_closures",
        "case_transitions",
      ]
      var records: Int64 = 0
      for table in tables {
        let count = try await harness.count(table)
        #expect(count > 50, "\(table)")
        records += count
      }
      #expect(records == last.recordCount)
      let cases = try await harness.allCases()
      #expect(cases.count == 1_100 && cases.allSatisfy { $0.provenance.dataSet == "VIGIL-EXERCISE" })
      #expect(try await harness.allCases("mission = 'EXERCISE 01'").count > 50)
      let shown = try await harness.getCase(try #require(cases.first { $0.victimCount > 1 }).name)
      #expect(shown.victims.count == Int(shown.victimCount))
    }
  }

  @Test("relations are those that the service itself would compute, and its forums are recorded")
  func relations() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(400, seed: 4)
      let recorded = "SELECT case_id, party, hat, valid_from, valid_until FROM case_relations WHERE hat <= 3"
      let computed = "SELECT * FROM relations_of_facts(ARRAY(SELECT id FROM cases))"
      #expect(try await harness.count("((\(recorded)) EXCEPT (\(computed))) t") == 0)
      #expect(try await harness.count("((\(computed)) EXCEPT (\(recorded))) t") == 0)
      #expect(try await harness.count("case_relations WHERE hat <= 3") > 1_000)
      #expect(try await harness.count("case_relation_records WHERE ended_at < 'infinity'") == 0)
      let forums = "(SELECT DISTINCT case_id, party FROM proceedings) p"
      let missing =
        "NOT EXISTS (SELECT FROM case_relations r WHERE r.case_id = p.case_id AND r.party = p.party AND r.hat = 4)"
      #expect(try await harness.count("\(forums) WHERE \(missing)") == 0)
      // Who is host on the day of the incident by its relation is one by the list of the case.
      #expect(
        try await harness.count(
          """
          cases c WHERE c.state <> 6 AND ARRAY(SELECT r.party FROM case_relations r WHERE r.case_id = c.id AND r.hat = 1
          AND greatest(r.valid_from, c.incident_from) < least(r.valid_until, c.incident_until) ORDER BY 1) <> c.host_states
          """) == 0)
      #expect(
        try await harness.count(
          "cases c WHERE c.victim_count <> (SELECT count(*) FROM victims v WHERE v.case_id = c.id)") == 0)
    }
  }

  @Test("the same seed makes the same rows")
  func sameRows() async throws {
    let first = try await Self.rows(seed: 5)
    let second = try await Self.rows(seed: 5)
    #expect(first == second && first.count == 5)
    #expect(try await Self.rows(seed: 6) != first)
  }

  /// A digest of the rows of each table.
  private static func rows(seed: UInt64) async throws -> [String] {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(150, seed: seed)
      var digests: [String] = []
      for table in ["cases", "victims", "stage_assertions", "communications", "missions"] {
        digests += try await harness.pool.execute(SetScope(scope: .everything), Digest(table: table)).1
      }
      return digests
    }
  }

  @Test("a register with cases is left as it is, whatever they are")
  func neverAmongRealCases() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let refused = try await failure { try await harness.generate(10, seed: 1) }
      #expect(refused?.code == .failedPrecondition && refused?.reason == "CONDITIONS_NOT_MET")
      #expect(refused?.metadata["conditions"] == "EMPTY_REGISTER")
      #expect(try await harness.count("cases") == 2)
      #expect(try await harness.count("missions WHERE id LIKE 'exercise-%'") == 0)
    }
  }

  @Test("nothing real goes into a register of exercise data, nor a second exercise")
  func nothingReal() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(10, seed: 1)
      let refused = try await failure { try await harness.importFile(Array(Files.exercise(2).utf8)) }
      #expect(refused?.metadata["conditions"] == "REAL_REGISTER")
      let again = try await failure { try await harness.generate(10, seed: 2) }
      #expect(again?.metadata["conditions"] == "EMPTY_REGISTER")
      #expect(try await harness.count("cases") == 10)
    }
  }

  @Test("a deployment that is not one for exercises refuses, and so does one that is, to whom it may not serve")
  func refused() async throws {
    try await CasesHarness.run { harness in
      let refused = try await failure { try await harness.generate(10, seed: 1) }
      #expect(refused?.metadata["conditions"] == "EXERCISE_DEPLOYMENT")
    }
    try await CasesHarness.run(isExercise: true) { harness in
      for client in ["mli", "minusma", "operator", "auditor"] {
        let refused = try await failure { try await harness.generate(10, seed: 1, as: client) }
        #expect(refused?.code == .permissionDenied, "\(client)")
      }
      for count: Int32 in [0, -1, 2_000_001] {
        let refused = try await failure { try await harness.generate(count, seed: 1) }
        #expect(refused?.reason == "INVALID_FIELD")
      }
      #expect(try await harness.count("cases") == 0)
    }
  }
}

extension CasesHarness {
  /// What the service told while it made them.
  func generate(
    _ cases: Int32, seed: UInt64, as client: String = Enrolled.officer
  ) async throws -> [PBGenerateExerciseResponse] {
    let request = PBGenerateExerciseRequest.with {
      $0.caseCount = cases
      $0.seed = seed
    }
    return try await exercises.generateExercise(request, metadata: caller(client)) { response in
      try await response.messages.reduce(into: []) { $0.append($1) }
    }
  }
}

private struct Digest: PostgresStatement {
  static let isReadOnly = true
  var table: String
  var sql: String { "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM \(table) t" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> String { try row.decode() }
}
