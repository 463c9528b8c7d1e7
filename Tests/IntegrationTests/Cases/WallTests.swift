import AIP
import Policy
import Postgres
import Records
import Testing
import VigilCasesAPI

@testable import CasesServer

/// PostgreSQL by itself, with the application's conditions taken away: statements that ask for everything.
@Suite("The second wall")
struct WallTests {
  private static let tables = [
    "cases", "victims", "case_relations", "case_relation_records", "imports", "fatality_records", "fatality_events",
    "import_refusals", "replies",
  ]

  private static func state(_ party: String) throws -> ReadScope {
    var scope = ReadScope(seesAll: false)
    scope.parties = [try #require(PartyID(party))]
    scope.relations = scope.parties
    return scope
  }

  @Test func aStatesConnectionReadsNothingOfAnothersCases() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let chad = try Self.state("TCD")
      let related = """
        (EXISTS (SELECT FROM case_relation_records r WHERE r.case_id = t.id AND r.party = 'TCD' AND r.ended_at = 'infinity'))
        """
      let expected = try await harness.count("cases t WHERE \(related)")
      #expect(expected > 10)
      #expect(try await harness.count("cases", for: chad) == expected)
      #expect(try await harness.count("cases t WHERE NOT \(related)", for: chad) == 0)
      let victims = try await harness.count("victims v JOIN cases t ON t.id = v.case_id WHERE \(related)")
      #expect(try await harness.count("victims", for: chad) == victims)
      // Who else has to do with a case is itself protected.
      #expect(try await harness.count("case_relations WHERE party <> 'TCD'", for: chad) == 0)
      for table in Self.tables.suffix(5) { #expect(try await harness.count(table, for: chad) == 0, "\(table)") }
      // Nor can it change what it reads.
      let scope = SetScope(scope: chad)
      let (_, _) = try await harness.pool.execute(scope, Touch())
      #expect(try await harness.count("cases WHERE revision > 1") == 0)
      await #expect(throws: PostgresError.self) { try await harness.pool.execute(scope, Relate()) }
    }
  }

  /// The application with its own condition broken: a policy by which everybody may list everything.
  @Test func holdsWhenTheApplicationAsksForEverything() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      func listed(_ scope: ReadScope) async throws -> Int {
        let query = CaseQuery(
          filter: .all([]), lens: CaseLens(), isDescending: true, limit: 1000, holdsVictims: true)
        return try await CaseStore(pool: harness.pool).list(query, for: scope).count
      }
      #expect(try await listed(.everything) == 429)
      #expect(try await listed(try Self.state("XBB")) == 0)
      let bangladesh = try Self.state("BGD")
      let expected = try await harness.allCases(as: "bgd").count
      #expect(try await listed(bangladesh) == expected && expected > 10)
      let foreign = try #require(
        try await harness.allCases(view: .full, pageSize: 100).first { found in
          !found.victims.contains { $0.nationality.code == "BGD" }
        })
      let id = try CaseName(parsing: foreign.name).id
      #expect(try await CaseStore(pool: harness.pool).find(id, for: bangladesh) == nil)
      #expect(try await CaseStore(pool: harness.pool).find(id, for: .everything) != nil)
    }
  }

  @Test func whereNothingIsSetNothingIsGiven() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(3).utf8))
      for table in Self.tables {
        #expect(try await harness.pool.execute(CountRows(table: table)) == [0], "\(table)")
      }
    }
  }

  /// All on one connection, one after the other and at once: nothing stays set, also not after a statement that failed.
  @Test func nothingStaysSetOnASharedConnection() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(3).utf8))
      let role = "vigil_cases_\(harness.database.name)"
      try await harness.database.withPool(
        role: role,
        configure: {
          $0.maximumConnections = 1
          $0.minimumConnections = 1
        }
      ) { pool in
        let all = SetScope(scope: .everything)
        let cases = CountRows(table: "cases")
        #expect(try await pool.execute(all, cases).1 == [3])
        #expect(try await pool.execute(cases) == [0])
        await #expect(throws: PostgresError.self) {
          try await pool.execute(all, CountRows(table: "cases WHERE 1 / 0 = 1"))
        }
        #expect(try await pool.execute(cases) == [0])
        let (everything, nothing) = await withTaskGroup(of: (Int, Int64?).self) { group in
          for index in 0..<300 {
            group.addTask {
              switch index % 3 {
              case 0: return (0, (try? await pool.execute(SetScope(scope: .everything), cases))?.1.first)
              case 1: return (1, (try? await pool.execute(cases))?.first)
              default:
                _ = try? await pool.execute(SetScope(scope: .everything), CountRows(table: "cases WHERE 1 / 0 = 1"))
                return (2, nil)
              }
            }
          }
          return await group.reduce(into: ([Int64?](), [Int64?]())) { found, next in
            if next.0 == 0 { found.0.append(next.1) }
            if next.0 == 1 { found.1.append(next.1) }
          }
        }
        #expect(everything == Array(repeating: 3, count: 100))
        #expect(nothing == Array(repeating: 0, count: 100))
      }
    }
  }
}

private struct Touch: PostgresStatement {
  var sql: String { "WITH n AS (UPDATE cases SET revision = revision + 1 RETURNING 1) SELECT count(*) FROM n" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

private struct Relate: PostgresStatement {
  var sql: String {
    """
    WITH n AS (INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until) \
    SELECT id, 'TCD', 1, '-infinity', 'infinity' FROM cases RETURNING 1) SELECT count(*) FROM n
    """
  }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}
