import AIP
import Authorization
import Policy
import Postgres
import Testing

@testable import CasesServer

/// How PostgreSQL goes about the statements of reads over a register of 20,000 cases and 40,000 victims.
@Suite("Plans of reads")
struct PlanTests {
  private static let growing = [
    "cases", "victims", "case_relation_records", "case_texts", "suspects", "incident_accounts", "case_marks",
  ]

  /// One for each field, of much and of little.
  private static let filters = [
    "", "mission = MINUSMA", "mission_kind = PEACEKEEPING_OPERATION", "host_state = MLI", "host_state = XXA",
    "nationality = FRA", "category = MIL_CONTINGENT", "category = OTHER", "personnel_group = POLICE",
    "incident_date >= 2010", "incident_date = 1960-05", "act = KILLING", "act = ABDUCTION", "state = TRIAGE",
    "state = CLOSED", "victim_count >= 2", "victim_count > 50", "mission = MINUSMA AND act = ABDUCTION",
  ]

  /// The cases are spread over five missions; France was in few of them, the five others in many. On a busy machine this
  /// takes longer than a statement of the service may.
  private static let fill = """
    SET statement_timeout = 0;
    INSERT INTO cases (id, display_number, mission_id, incident_date, number, act, state, victim_count, host_states,
      host_states_reviewed, create_time, update_time)
    SELECT gen_random_uuid(), 'X-' || n, (ARRAY['minusma', 'unifil', 'monusco', 'minusca', 'untso'])[1 + n % 5],
      (1950 + n % 70) * 10000 + (1 + n % 12) * 100 + 1 + n % 28, n, 1, 1, 2, '{MLI}', false, now(), now()
    FROM generate_series(1, 20000) n;
    INSERT INTO victims (id, case_id, category, nationality_code, nationality_name, sex, harm, casualty_id, incident_type)
    SELECT gen_random_uuid(), c.id, 1 + c.number % 12,
      CASE WHEN c.number % 100 = 0 THEN 'FRA' ELSE (ARRAY['IND', 'BGD', 'NPL', 'GHA', 'TCD'])[1 + (c.number + n) % 5] END,
      'Land of ' || c.number, 2, 1, 'X-' || c.number || '-' || n, 1
    FROM cases c, generate_series(1, 2) n;
    ANALYZE cases, victims, case_relation_records, mission_hosts, case_texts
    """

  @Test(.timeLimit(.minutes(10))) func scanNoTableThatGrows() async throws {
    try await CasesHarness.run { harness in
      try await harness.run(Self.fill)
      let states: [ReaderClass] = [.hostState, .contributor, .nationalityState, .forumState]
      let readers: [(String, [ReaderClass])] = [
        ("OROLSI", [.headquarters]), ("OLA", [.legal]), ("FRA", states), ("MLI", states), ("IND", states),
        ("minusma", [.missionFocalPoint]), ("XBB", states),
      ]
      for (party, roles) in readers {
        try harness.change { snapshot in
          snapshot.principals = [try Enrolled.enrolment("probe", party, roles, .strictlyConfidential)]
        }
        let (scope, lens, texts) = try Self.reader(harness)
        for filter in Self.filters {
          let query = CaseQuery(
            filter: try CaseCondition.schema.parse(filter), lens: lens, isDescending: true, limit: 51,
            holdsVictims: true)
          try await Self.expectIndexes(SelectCases(query: query, scope: scope), scope, "\(party) \(filter)", harness)
        }
        // One that every case has, one that two have, and both.
        for words in [[["land"]], [["777"]], [["land"], ["777"]]] {
          var query = CaseQuery(filter: .all([]), lens: lens, isDescending: true, limit: 51)
          query.search = CaseSearch(words: words, lens: texts)
          try await Self.expectIndexes(SelectCases(query: query, scope: scope), scope, "\(party) \(words)", harness)
        }
        var query = CaseQuery(filter: .all([]), lens: lens, isDescending: true, limit: 51)
        query.search = CaseSearch(words: [["777"]], lens: texts)
        let count = CountCases(query: query, scope: scope, by: CaseFacet.allCases)
        try await Self.expectIndexes(count, scope, "\(party) facets", harness)
        try await Self.expectIndexes(
          SelectCase(id: RecordID(high: 1, low: 2), relations: scope.relations), scope, party, harness)
      }
    }
  }

  /// Names, identifiers and accounts of the same register, without the triggers that would make the marks one by one.
  private static let marks = """
    SET session_replication_role = replica;
    INSERT INTO suspects (id, case_id, alias, affiliation, status, author_id, create_time)
    SELECT gen_random_uuid(), id, 'A' || number, '', 1, gen_random_uuid(), now() FROM cases;
    INSERT INTO incident_accounts (id, case_id, incident_id, revision, occurred, zone, territorial_state, admin1, place,
      contexts, means, acts, targets, ongoing, narrative, narrative_language, source, certainty, external_ids, known_date,
      author_id, create_time)
    SELECT id, id, id, 1, '2020', '', '', 'A', '', '{}', '{}', '{1}', '{}', false, '', '', 3, 1, '{}', 20200101,
      gen_random_uuid(), now() FROM cases;
    INSERT INTO case_marks (kind, mark, case_id)
    SELECT 1 + n % 2, 'm' || (number + n) % 5000, id FROM cases, generate_series(1, 6) n ON CONFLICT DO NOTHING;
    ANALYZE suspects, incident_accounts, case_marks
    """

  @Test(.timeLimit(.minutes(10))) func findDuplicatesByIndexes() async throws {
    try await CasesHarness.run { harness in
      try await harness.run(Self.fill)
      try await harness.run(Self.marks)
      let traits = CaseTraits(
        id: RecordID(high: 1, low: 2), displayNumber: "", state: .open, mission: MissionID(code: "MINUSMA"),
        hostStates: ["MLI"], days: Period(from: Day(number: 18_000), until: Day(number: 18_001)),
        names: ["m1", "m2"], externalIDs: ["m3", "X-7-1"], areas: [], points: [])
      let candidates = SelectDuplicateCandidates(traits: traits)
      try await Self.expectIndexes(candidates, .everything, "candidates", harness)
      let (_, found) = try await harness.pool.execute(SetScope(scope: .everything), candidates)
      #expect(!found.isEmpty)
      try await Self.expectIndexes(SelectCaseTraits(cases: found), .everything, "traits", harness)
    }
  }

  private static func reader(_ harness: CasesHarness) throws -> (ReadScope, CaseLens, TextLens) {
    let current = try harness.authorizer.current()
    let subject = try #require(current.subject(certificate: Enrolled.uri("probe"), at: Enrolled.now))
    let environment = current.environment(for: subject, at: Enrolled.now)
    let context = AccessContext(subject: subject, environment: environment)
    let lens = CaseLens(context, current)
    return (ReadScope(context, current.evaluator), lens, TextLens(context, current, told: lens.told))
  }

  private static func expectIndexes(
    _ statement: some PostgresStatement, _ scope: ReadScope, _ what: String, _ harness: CasesHarness
  ) async throws {
    let plan = try await harness.pool.execute(SetScope(scope: scope), Explain(statement: statement)).1
    let scans = plan.filter { line in growing.contains { line.contains("Seq Scan on \($0)") } }
    #expect(scans.isEmpty, "\(what): \(plan.joined(separator: "\n"))")
  }
}

/// The plan of another statement, with its parameters.
private struct Explain<Statement: PostgresStatement>: PostgresStatement {
  var statement: Statement

  var sql: String { "EXPLAIN " + statement.sql }
  func bind(_ parameters: inout PostgresParameters) { statement.bind(&parameters) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> String { try row.decode() }
}
