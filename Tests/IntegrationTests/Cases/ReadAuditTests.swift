import Audit
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI

@testable import CasesServer

@Suite("Reads that are recorded")
struct ReadAuditTests {
  /// The records of reads that are on their way to the log.
  private func records(_ harness: CasesHarness) async throws -> [AuditRecord] {
    try await harness.pool.execute(SelectRecords())
      .map { try AuditRecord(encoded: $0) }
      .filter { !$0.method.hasSuffix("ImportUNFatalities") }
  }

  @Test("who sees who a victim is leaves a trace: of whom, what, and under which policy")
  func identity() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(try Files.recent())
      let some = try #require(try await harness.allCases(pageSize: 1).first)
      #expect(try await records(harness).isEmpty, "a list without victims shows nothing that is protected")
      let shown = try await harness.getCase(some.name)
      let record = try #require(try await records(harness).first)
      #expect(record.resource == shown.name)
      #expect(record.method == "vigil.cases.v1.CaseService/GetCase")
      #expect(record.classes.contains(.victimIdentity))
      #expect(record.policyVersion == 1 && record.isAllowed)
      #expect(record.principal == Enrolled.id(of: Enrolled.officer))
    }
  }

  @Test("a list with victims leaves a trace of each case")
  func list() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(try Files.recent())
      let page = try await harness.cases.listCases(
        .with {
          $0.pageSize = 3
          $0.view = .full
        }, metadata: caller(Enrolled.officer))
      #expect(try await records(harness).map(\.resource) == page.cases.map(\.name))
    }
  }

  @Test("what cannot be recorded is not shown")
  func noTrace() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(try Files.recent())
      let some = try #require(try await harness.allCases(pageSize: 1).first)
      try await harness.run("ALTER TABLE audit_records RENAME TO elsewhere")
      await #expect(throws: RPCError.self) { try await harness.getCase(some.name) }
      try await harness.run("ALTER TABLE elsewhere RENAME TO audit_records")
      #expect(try await harness.getCase(some.name).name == some.name)
    }
  }

  @Test("who asks for a case in vain leaves a trace, of one that there is not as of one that it may not see")
  func refusals() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(1).utf8))
      let name = try #require(try await harness.allCases().first).name
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      for asked in [name, unknown] {
        #expect(try await failure { try await harness.getCase(asked, as: "xbb") }?.code == .notFound)
      }
      let records = try await records(harness)
      #expect(records.map(\.resource) == [name, unknown] && records.allSatisfy { !$0.isAllowed })
      #expect(records.allSatisfy { $0.principal == Enrolled.id(of: "xbb") && $0.party == PartyID("XBB") })
      #expect(records.allSatisfy { $0.method == "vigil.cases.v1.CaseService/GetCase" && $0.classes.isEmpty })
      // All else is alike, to the byte.
      func rest(_ record: AuditRecord) -> AuditRecord {
        var rest = record
        (rest.resource, rest.salt) = ("", AuditSalt(high: 0, low: 0))
        return rest
      }
      #expect(Set(records.map(rest)).count == 1)
    }
  }

  @Test("neither answers while that cannot be recorded")
  func noRefusalWithoutTrace() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(1).utf8))
      let name = try #require(try await harness.allCases().first).name
      try await harness.run("ALTER TABLE audit_records RENAME TO elsewhere")
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      func answer(_ asked: String) async throws -> RPCError? {
        do {
          _ = try await harness.getCase(asked, as: "xbb")
          return nil
        } catch let error as RPCError {
          return error
        }
      }
      let (forbidden, missing) = (try await answer(name), try await answer(unknown))
      #expect(forbidden?.code == missing?.code && forbidden?.message == missing?.message)
      #expect(forbidden != nil && forbidden?.code != .notFound)
    }
  }

  @Test("an import is recorded with what it wrote, once, and not when it is only tried")
  func imports() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(try Files.recent()) { $0.validateOnly = true }
      #expect(try await harness.pool.execute(SelectRecords()).isEmpty)
      _ = try await harness.importFile(try Files.recent())
      let records = try await harness.pool.execute(SelectRecords()).map { try AuditRecord(encoded: $0) }
      #expect(records.count == 1 && records.first?.resource.hasPrefix("imports/") == true)
      #expect(records.first?.details.count == 32)
    }
  }
}

private struct SelectRecords: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
