import AIP
import Policy
import PolicyPostgres
import Postgres
import TestSupport
import Testing

/// The rendered condition and the engine are one policy: tried on PostgreSQL with the tables that ``SQLNames`` describes.
@Suite struct AgreementOnPostgresTests {
  private static let tables = """
    CREATE TABLE cases (
      id uuid PRIMARY KEY, classification smallint NOT NULL, caveats integer NOT NULL, incident_from date NOT NULL,
      incident_until date NOT NULL
    );
    CREATE TABLE case_relations (
      case_id uuid NOT NULL REFERENCES cases, party text NOT NULL, hat smallint NOT NULL, valid_from date NOT NULL,
      valid_until date NOT NULL
    );
    CREATE INDEX ON case_relations (case_id, party);
    CREATE TABLE case_embargoes (
      case_id uuid NOT NULL REFERENCES cases, kind smallint NOT NULL, starts_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL
    );
    CREATE TABLE records (
      number integer PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, owners text[] NOT NULL,
      released_to text[] NOT NULL, is_embargoed boolean NOT NULL, classification smallint NOT NULL
    )
    """

  private struct Register {
    var cases: [CaseFacts] = []
    /// Each with the place of its case.
    var records: [(Int, RecordFacts)] = []

    init(_ generator: inout Generator) {
      for number in 0..<200 {
        cases.append(generator.caseFacts(id: Scenario.id(UInt64(number + 1))))
        records += generator.many(3) { (number, $0.record()) }
      }
    }
  }

  @Test(.timeLimit(.minutes(3))) func theDatabaseSelectsWhatTheEngineShows() async throws {
    var generator = Generator(seed: 99)
    let register = Register(&generator)
    let standard = try Scenario.evaluator()
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      for statement in Self.tables.split(separator: ";") { try await pool.execute(Run(String(statement))) }
      try await Self.load(register, into: pool)
      var (shown, hidden) = (0, 0)
      for round in 0..<150 {
        let evaluator = round < 75 ? standard : PolicyEvaluator(try generator.policy())
        let context = generator.context(ids: register.cases.map(\.id))
        let question = generator.chance(3) ? DataClass.core : generator.one(of: DataClass.allCases)
        let transform = generator.one(of: Array(Transform.allCases.dropFirst()))
        let decisions = register.cases.map { evaluator.decide(AccessRequest(context, resource: $0)) }
        let found = try await pool.execute(
          SelectNumbers(cases: evaluator.predicate(context, question, atLeast: transform)))
        let expected = decisions.indices.filter { decisions[$0].disposition(question).transform >= transform }
        #expect(found == expected.map { Int32($0) + 1 }, "round \(round)")
        shown += found.count
        hidden += register.cases.count - found.count

        let records = try await pool.execute(
          SelectNumbers(records: evaluator.recordPredicate(context, question, atLeast: transform)))
        let expectedRecords = register.records.indices.filter { index in
          let (number, record) = register.records[index]
          return decisions[number].disposition(question, in: record).transform >= transform
        }
        #expect(records == expectedRecords.map { Int32($0) }, "round \(round)")

        let counted = try await pool.execute(SelectNumbers(records: evaluator.countPredicate(context)))
        let expectedCount = register.records.indices.filter { index in
          decisions[register.records[index].0].counts(register.records[index].1)
        }
        #expect(counted == expectedCount.map { Int32($0) }, "round \(round)")
      }
      #expect(shown > 500 && hidden > 500)
    }
  }

  private static func load(_ register: Register, into pool: PostgresPool) async throws {
    for facts in register.cases {
      try await pool.execute(InsertCase(facts: facts))
      for hat in facts.hats { try await pool.execute(InsertHat(facts: facts, hat: hat)) }
      for embargo in facts.embargoes { try await pool.execute(InsertEmbargo(facts: facts, embargo: embargo)) }
    }
    for (index, entry) in register.records.enumerated() {
      try await pool.execute(
        InsertRecord(number: Int32(index), facts: register.cases[entry.0], record: entry.1))
    }
  }

  /// No value becomes a part of the text, so that one text serves all values.
  @Test func valuesAreParameters() throws {
    let evaluator = try Scenario.evaluator()
    func condition(_ name: String, case id: UInt64, day: Int32) throws -> SQLCondition {
      let grant = try Scenario.grant([.core, .exact], to: name) { $0.caseID = Scenario.id(id) }
      let context = try Scenario.reader(.hostState, party: name, clearance: .confidential).with {
        $0.environment.grants = [grant]
        $0.subject.roles.append(RoleAssignment(.contributor))
      }
      return evaluator.predicate(context, .exact, atLeast: .clear).sql(first: 3)
    }
    let kenya = try condition("KEN", case: 1, day: 1)
    let nigeria = try condition("NGA", case: 2, day: 2)
    #expect(kenya.text == nigeria.text && kenya.parameters != nigeria.parameters)
    #expect(kenya.parameters.contains(.text("KEN")) && kenya.parameters.contains(.uuids([Scenario.id(1)])))
    // Numbers without a gap from the first free one.
    for index in kenya.parameters.indices { #expect(kenya.text.contains("$\(index + 3)")) }
    #expect(!kenya.text.contains("$2") && !kenya.text.contains("$\(kenya.parameters.count + 3)"))
  }

  @Test func aliasesAreTheQuerys() throws {
    let context = try Scenario.reader(.contributor)
    let names = SQLNames(cases: "k", records: "v", relations: "register.hats", embargoes: "register.holds")
    let text = try Scenario.evaluator().countPredicate(context, as: .victimIdentity).sql(names).text
    #expect(text.contains("register.hats pr WHERE pr.case_id = k.id") && text.contains("register.holds pe"))
    #expect(text.contains("ANY(v.owners)") && text.contains("v.is_embargoed") && !text.contains(" c."))
  }
}
