import AIP
import Audit
import Authorization
import Foundation
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilFeedAPI

@testable import CasesServer

@Suite("The change feed in bulk")
struct FeedBulkTests {
  private static let header =
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    + "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update\n"

  private static func file(_ rows: Int, sex: String = "M", published: String) -> Data {
    let lines = (0..<rows).map { row in
      "\(row),1949-01-\(10 + row),UNTSO-1949-01-\(10_000 + row),UNTSO,Fatality,\(sex),Xandria,Military,"
        + "Malicious Act,,XAA,\(published)\n"
    }
    return Data((header + lines.joined()).utf8)
  }

  @Test("an import tells of each case once, and one that changes nothing of none")
  func imported() async throws {
    try await ProgressHarness.run { harness in
      func importFile(_ data: Data) async throws {
        _ = try await PBImportService.Client(wrapping: harness.client).importUNFatalities(
          metadata: Person.officer.metadata
        ) { writer in
          try await writer.write(.with { $0.config = .init() })
          try await writer.write(.with { $0.chunk = data })
        }
      }
      try await importFile(Self.file(10, published: "2020-01-01"))
      let first = try await harness.changes()
      #expect(first.changes.count == 10 && first.changes.allSatisfy { $0.text(of: $0.case) == "created case" })
      #expect(try await harness.count("case_changes") == 10)
      #expect(Set(first.changes.map(\.case)).count == 10)
      try await importFile(Self.file(10, published: "2020-01-01"))
      #expect(try await harness.told(from: first.cursor).isEmpty)
      try await importFile(Self.file(10, sex: "F", published: "2020-02-01"))
      let second = try await harness.changes(from: first.cursor)
      #expect(Set(second.changes.map(\.case)) == Set(first.changes.map(\.case)))
      #expect(second.changes.allSatisfy { $0.parts == [.victims] })
    }
  }

  @Test("a register of exercise tells of each case once")
  func exercise() async throws {
    try await ProgressHarness.run(isExercise: true) { harness in
      try await PBExerciseService.Client(wrapping: harness.client).generateExercise(
        .with {
          $0.caseCount = 60
          $0.seed = 7
        }, metadata: Person.officer.metadata
      ) { response in
        for try await _ in response.messages {}
      }
      #expect(try await harness.count("cases") == 60)
      #expect(try await harness.count("case_changes") == 60)
      #expect(try await harness.changes().changes.count == 60)
    }
  }

  private static let growing = ["cases", "victims", "case_relation_records", "case_changes"]

  @Test("no statement of the feed looks at all of a table that grows", .timeLimit(.minutes(10)))
  func plans() async throws {
    try await ProgressHarness.run { harness in
      for mission in ["untso", "minusma", "unifil"] { try await harness.fill(6_000, of: mission) }
      try await harness.run(
        """
        INSERT INTO victims (id, case_id, category, nationality_code, nationality_name, sex, harm, casualty_id,
          incident_type)
        SELECT gen_random_uuid(), id, 1, 'XAA', 'Xandria', 2, 1, '', 1 FROM cases WHERE number % 100 = 0;
        UPDATE cases SET classification = 2;
        ANALYZE cases, victims, case_relation_records, case_changes
        """)
      let middle = try #require(try await harness.pool.execute(SelectPlace(offset: 20_000)).first)
      let next = try #require(try await harness.pool.execute(SelectPlace(offset: 20_500)).first)
      for person in [Person.officer, .prosecutor, .contributor, .stranger, .focalPoint] {
        let current = try harness.authorizer.current()
        let subject = try #require(current.subject(principal: person.principal, at: harness.authorizer.now))
        let context = AccessContext(
          subject: subject, environment: current.environment(for: subject, at: harness.authorizer.now))
        let scope = ReadScope(context, current.evaluator)
        for start in [FeedPosition.start, middle] {
          let select = SelectChanges(
            after: start, limit: ChangeFeed.window, lens: ChangeLens(context, current), scope: scope)
          try await Self.expectIndexes(select, scope, "\(person)", harness)
        }
      }
      let ids = try await harness.pool.execute(SetScope(scope: .everything), SelectSomeCases()).1
      let former = ids.map { FormerCase(id: $0, since: 1) }
      try await Self.expectIndexes(SelectFeedEnd(), .everything, "end", harness)
      let range = SelectUnswept.Row(swept: middle, horizon: next)
      try await Self.expectIndexes(DropCompacted(range: range, limit: 50), .everything, "compaction", harness)
      try await Self.expectIndexes(SelectFormerHats(cases: former), .everything, "hats", harness)
      try await Self.expectIndexes(SelectFormerFacts(cases: former), .everything, "facts", harness)
    }
  }

  private static func expectIndexes(
    _ statement: some PostgresStatement, _ scope: ReadScope, _ what: String, _ harness: ProgressHarness
  ) async throws {
    let plan = try await harness.pool.execute(SetScope(scope: scope), Explained(statement: statement)).1
    let scans = plan.filter { line in growing.contains { line.contains("Seq Scan on \($0)") } }
    #expect(scans.isEmpty, "\(what): \(plan.joined(separator: "\n"))")
  }
}

private struct SelectPlace: PostgresStatement {
  var offset: Int
  var sql: String { "SELECT xact, id FROM case_changes ORDER BY xact, id OFFSET \(offset) LIMIT 1" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> FeedPosition {
    FeedPosition(transaction: try row.decode(), id: try row.decode())
  }
}

private struct SelectSomeCases: PostgresStatement {
  var sql: String { "SELECT id FROM cases WHERE number < 30" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}

/// The plan of another statement, with its parameters.
private struct Explained<Statement: PostgresStatement>: PostgresStatement {
  var statement: Statement

  var sql: String { "EXPLAIN " + statement.sql }
  func bind(_ parameters: inout PostgresParameters) { statement.bind(&parameters) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> String { try row.decode() }
}
