import AIP
import Policy
import Postgres
import Records
import TestSupport
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

  /// The application with its own condition broken: a lens through which everybody may list everything.
  @Test func holdsWhenTheApplicationAsksForEverything() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let store = CaseStore(pool: harness.pool)
      let query = CaseQuery(filter: .all([]), lens: CaseLens(), isDescending: true, limit: 1000, holdsVictims: true)
      let everything = try await store.list(query, for: .everything)
      #expect(everything.count == 429)
      let nothing = try await store.list(query, for: Self.state("XBB"))
      #expect(nothing.isEmpty)
      let bangladesh = try Self.state("BGD")
      let related = try await store.list(query, for: bangladesh).map(\.record.id)
      let expected = try await harness.allCases(as: "bgd").map(\.name)
      #expect(related.map { CaseName($0).description } == expected && expected.count > 10)
      let foreign = try #require(everything.map(\.record.id).first { !related.contains($0) })
      let hidden = try await store.find(foreign, for: bangladesh)
      #expect(hidden == nil)
      let found = try await store.find(foreign, for: .everything)
      #expect(found != nil)
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
      func one(_ configuration: inout PostgresPoolConfiguration) {
        configuration.maximumConnections = 1
        configuration.minimumConnections = 1
      }
      try await harness.database.withPool(role: role, configure: one) { pool in
        #expect(try await Self.count(pool, .everything) == 3)
        #expect(try await Self.count(pool, nil) == 0)
        await #expect(throws: PostgresError.self) { try await Self.count(pool, .everything, "cases WHERE 1 / 0 = 1") }
        #expect(try await Self.count(pool, nil) == 0)
        let counts = try await Self.countsAtOnce(pool)
        #expect(counts.withScope == Array(repeating: 3, count: 100))
        #expect(counts.without == Array(repeating: 0, count: 100))
      }
    }
  }

  private static func count(
    _ pool: PostgresPool, _ scope: ReadScope?, _ table: String = "cases"
  ) async throws -> Int64 {
    guard let scope else { return try await pool.execute(CountRows(table: table))[0] }
    let (_, counts) = try await pool.execute(SetScope(scope: scope), CountRows(table: table))
    return counts[0]
  }

  /// A hundred counts with a scope, a hundred without, and a hundred that fail, all at the same time.
  private static func countsAtOnce(_ pool: PostgresPool) async throws -> (withScope: [Int64], without: [Int64]) {
    try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
      for index in 0..<300 {
        group.addTask {
          if index % 3 == 0 { return (0, try await count(pool, .everything)) }
          if index % 3 == 1 { return (1, try await count(pool, nil)) }
          return (2, (try? await count(pool, .everything, "cases WHERE 1 / 0 = 1")) ?? -1)
        }
      }
      var counts: (withScope: [Int64], without: [Int64]) = ([], [])
      for try await (kind, number) in group {
        if kind == 0 { counts.withScope.append(number) }
        if kind == 1 { counts.without.append(number) }
      }
      return counts
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
