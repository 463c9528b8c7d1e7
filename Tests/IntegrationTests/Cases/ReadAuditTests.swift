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
