import Audit
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// That somebody asked in vain what becomes of a case, or to change it.
@Suite("Reads and refusals that are recorded")
struct RefusalAuditTests {
  private static func refused(_ harness: ProgressHarness) async throws -> [AuditRecord] {
    try await harness.pool.execute(SelectRecords()).map { try AuditRecord(encoded: $0) }.filter { !$0.isAllowed }
  }

  @Test("of a read and of a change: who asked, for what, and nothing of what there is")
  func recorded() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      #expect(try await Self.refused(harness).isEmpty)
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      for asked in [name, unknown] {
        #expect(try await failure { try await harness.progress(of: asked, as: .stranger) }?.code == .notFound)
        let step = try await failure { try await harness.transition(asked, to: .dormant, as: .stranger) }
        #expect(step?.code == .notFound)
      }
      // Who sees the case and may not change it.
      let forbidden = try await failure { try await harness.transition(name, to: .dormant, as: .prosecutor) }
      #expect(forbidden?.code == .permissionDenied)
      let records = try await Self.refused(harness)
      let (stranger, prosecutor) = (Person.stranger.principal, Person.prosecutor.principal)
      #expect(records.map(\.principal) == [stranger, stranger, stranger, stranger, prosecutor])
      let parts = ["/progress", "/lifecycle"]
      #expect(
        records.map(\.resource) == parts.map { name + $0 } + parts.map { unknown + $0 } + [name + "/lifecycle"])
      #expect(records.allSatisfy { $0.classes.isEmpty && $0.details.isEmpty })
    }
  }

  @Test("and of what is shown who saw who a suspect is, of which case, under which policy")
  func shown() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      try await harness.suspect(of: name)
      func reads() async throws -> [AuditRecord] {
        try await harness.pool.execute(SelectRecords()).map { try AuditRecord(encoded: $0) }
          .filter { $0.method == "vigil.cases.v1.ProgressService/ListSuspects" }
      }
      #expect(try await reads().isEmpty)
      let request = PBListSuspectsRequest.with { $0.parent = name }
      let seen = try await harness.progress.listSuspects(request, metadata: Person.officer.metadata).suspects
      #expect(seen.map(\.alias) == ["Alpha"])
      let records = try await reads()
      #expect(records.map(\.principal) == [Person.officer.principal] && records.map(\.resource) == [name])
      #expect(records.allSatisfy { $0.isAllowed && $0.classes.contains(.suspectIdentity) && $0.policyVersion == 1 })
    }
  }

  @Test("what cannot be done to a case that one may change is no refusal")
  func others() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      #expect(try await failure { try await harness.transition(name, to: .triage) }?.code == .failedPrecondition)
      #expect(try await failure { try await harness.transition(name, to: .dormant, etag: "x") } != nil)
      #expect(try await Self.refused(harness).isEmpty)
    }
  }
}

private struct SelectRecords: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
