import AIP
import Policy
import Postgres
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// What PostgreSQL itself gives of what States give and ask for, and how it finds it.
@Suite("The second wall before what States give and ask for")
struct ExchangeWallTests {
  @Test("gives a State its own and what was released to it, a mission what its originator lets it see")
  func rows() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      try await harness.submit(about: name) { $0.audience = .headquarters }
      try await harness.submit(about: name) { $0.audience = .mission }
      try await harness.submit(about: name) { ($0.audience, $0.hostState) = (.hostState, "EGY") }
      try await harness.submit(as: .secondContributor)
      try await harness.ask([.core], of: name)
      let expected: [(String?, Int64)] = [(nil, 0), ("EGY", 2), ("XAA", 3), ("XDD", 1), ("untso", 3), ("XCC", 0)]
      for (party, count) in expected {
        #expect(try await harness.count("exchange_records", of: party) == count, "\(party ?? "nobody")")
      }
      #expect(try await harness.count("disclosure_documents", of: "EGY") == 0)
    }
  }

  /// Forty thousand records about two thousand cases, of which a State has a thousandth.
  private static let fill = """
    INSERT INTO cases (id, display_number, mission_id, incident_date, number, act, state, victim_count, host_states,
      host_states_reviewed, create_time, update_time)
    SELECT gen_random_uuid(), 'X-' || n, (ARRAY['minusma', 'unifil', 'monusco', 'minusca', 'untso'])[1 + n % 5],
      (1950 + n % 70) * 10000 + (1 + n % 12) * 100 + 1 + n % 28, n, 1, 1, 0, '{MLI}', false, now(), now()
    FROM generate_series(1, 2000) n;
    INSERT INTO exchange_records (id, revision, kind, case_id, party, released_to, for_headquarters, state, request_id,
      content, creator_id, author_id, create_time, recorded_at)
    SELECT gen_random_uuid(), 1, 1 + n % 2, c.id, CASE WHEN n % 1000 < 2 THEN 'XAA' ELSE 'X' || n % 97 END,
      CASE WHEN n % 2000 = 0 THEN '{XAA}'::text[] ELSE '{}' END, n % 4 = 0, 1, NULL, '', gen_random_uuid(),
      gen_random_uuid(), now(), now()
    FROM generate_series(1, 40000) n
      JOIN (SELECT id, row_number() OVER () - 1 AS place FROM cases) c ON c.place = n % 2000;
    ANALYZE cases, exchange_records, case_relation_records
    """

  @Test("and finds each page by an index, for headquarters as for a State", .timeLimit(.minutes(5)))
  func plans() async throws {
    try await ProgressHarness.run { harness in
      let caseID = try CaseName(parsing: try await harness.openCase()).id
      try await harness.run(Self.fill)
      var state = ReadScope(seesAll: false)
      state.parties = [try #require(PartyID("XAA"))]
      state.relations = state.parties
      for scope in [.everything, state] {
        var selections = [SelectExchange.Selection.one(caseID, .package, at: .infinity)]
        for kind in [ExchangeRecord.Kind.submission, .request] {
          for about in [nil, caseID] {
            selections.append(.page(kind, of: about, after: caseID, limit: 500, for: scope))
          }
        }
        for selection in selections {
          let explain = ExplainExchange(statement: SelectExchange(selection: selection))
          let plan = try await harness.pool.execute(SetScope(scope: scope), explain).1
          #expect(!plan.contains { $0.contains("Seq Scan on exchange_records") }, "\(plan.joined(separator: "\n"))")
        }
      }
    }
  }
}

private struct ExplainExchange: PostgresStatement {
  var statement: SelectExchange
  var sql: String { "EXPLAIN " + statement.sql }
  func bind(_ parameters: inout PostgresParameters) { statement.bind(&parameters) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> String { try row.decode() }
}
