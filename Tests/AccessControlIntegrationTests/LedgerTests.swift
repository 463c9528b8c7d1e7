import GRPCCore
import Postgres
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("What every change leaves behind")
struct LedgerTests {
  @Test func saysWhoWhatAndWhy() async throws {
    try await AccessHarness.run { harness in
      let before = try await harness.count("acts")
      let made = try await harness.organisation("KEN", .state) { $0.reason = "Note verbale 12/2026" }
      #expect(try await harness.count("acts") == before + 1)
      let act = """
        acts a JOIN principals p ON p.id = a.principal_id WHERE a.resource = '\(made.name)' \
        AND p.certificate_uri = '\(AccessHarness.operatorURI)' AND a.reason = 'Note verbale 12/2026' \
        AND a.method = 'vigil.access.v1.DirectoryService/CreateOrganisation'
        """
      #expect(try await harness.count(act) == 1)
      // What is refused changes nothing.
      _ = try await failure { try await harness.organisation("MLI", .state, as: AccessHarness.officerURI) }
      #expect(try await harness.count("acts") == before + 1)
    }
  }

  @Test func aRepeatedCallHasTheFirstAnswer() async throws {
    try await AccessHarness.run { harness in
      let id = freshRequestID()
      let first = try await harness.organisation("KEN", .state) { $0.requestID = id }
      harness.time.advance(60)
      let second = try await harness.organisation("KEN", .state) { $0.requestID = id }
      #expect(first == second)
      let other = try await failure { try await harness.organisation("MLI", .state) { $0.requestID = id } }
      #expect(other?.code == .invalidArgument && other?.reason == "REQUEST_ID_REUSED")
      let otherReason = try await failure {
        try await harness.organisation("KEN", .state) {
          $0.requestID = id
          $0.reason = "another"
        }
      }
      #expect(otherReason?.reason == "REQUEST_ID_REUSED")
      #expect(try await harness.count("organisations") == 3)
    }
  }

  /// Of calls with one request id at the same time one acts and all have its answer.
  @Test func callsAtOnceActOnce() async throws {
    try await AccessHarness.run { harness in
      let id = freshRequestID()
      let answers = try await withThrowingTaskGroup(of: PBOrganisation.self) { group in
        for _ in 0..<8 {
          group.addTask { try await harness.organisation("KEN", .state) { $0.requestID = id } }
        }
        return try await group.reduce(into: Set<PBOrganisation>()) { $0.insert($1) }
      }
      #expect(answers.count == 1)
      #expect(try await harness.count("organisations") == 3)
    }
  }

  @Test func aRequestIDIsItsCallers() async throws {
    try await AccessHarness.run { harness in
      let id = freshRequestID()
      try await harness.organisation("KEN", .state) { $0.requestID = id }
      let refused = try await failure {
        try await harness.organisation("KEN", .state, as: AccessHarness.officerURI) { $0.requestID = id }
      }
      #expect(refused?.code == .permissionDenied)
    }
  }

  @Test func aRehearsalLeavesNothing() async throws {
    try await AccessHarness.run { harness in
      let before = try await harness.count("acts")
      let rehearsed = try await harness.organisation("KEN", .state) { $0.validateOnly = true }
      #expect(rehearsed.name.isEmpty && rehearsed.party == "KEN")
      #expect(try await harness.count("organisations") == 2)
      #expect(try await harness.count("acts") == before)
      #expect(try await harness.count("replies") == 0)
      let made = try await harness.organisation("KEN", .state)
      #expect(!made.name.isEmpty)
      let taken = try await failure { try await harness.organisation("KEN", .state) { $0.validateOnly = true } }
      #expect(taken?.reason == "RESOURCE_EXISTS")
    }
  }

  /// Two who end the same role at once: one does, the other is told.
  @Test func changesOfOneThingAreInTurn() async throws {
    try await AccessHarness.run { harness in
      let secretariat = try await harness.organisation("OLA", .secretariat)
      let principal = try await harness.principal("ola", of: secretariat)
      let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<6 {
          group.addTask {
            try await failure { try await harness.role(.leg, to: principal.name) }?.reason ?? "made"
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == "made" } == 1 && outcomes.count { $0 == "RESOURCE_EXISTS" } == 5)
    }
  }

  @Test(arguments: ["organisations", "principals", "role_assignments", "delegations", "acts"])
  func nothingIsDeleted(_ table: String) async throws {
    try await AccessHarness.run { harness in
      for sql in ["DELETE FROM \(table)", "TRUNCATE \(table) CASCADE"] {
        await #expect(throws: PostgresError.self) { try await harness.pool.execute(Statement(sql: sql)) }
      }
      if table == "acts" {
        await #expect(throws: PostgresError.self) {
          try await harness.pool.execute(Statement(sql: "UPDATE acts SET reason = 'x'"))
        }
      }
    }
  }

  /// Text of a caller is never a part of a statement.
  @Test func textIsData() async throws {
    try await AccessHarness.run { harness in
      let text = "'; DROP TABLE acts; -- \\ $1 %s {} \u{200F}"
      let made = try await harness.organisation("KEN", .state) {
        $0.organisation.displayName = text
        $0.reason = text
      }
      #expect(made.displayName == text)
      for filter in ["party = \"'; DROP TABLE acts; --\"", "party = 'x\\' OR 1=1'", "kind = \"1) OR (1=1\""] {
        let refused = try await failure {
          try await harness.directory.listOrganisations(
            .with { $0.filter = filter }, metadata: caller(AccessHarness.officerURI))
        }
        #expect(refused?.reason == "INVALID_FILTER", "\(filter)")
      }
      #expect(try await harness.count("acts") > 0)
    }
  }
}
