import Audit
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// Raised by one, lowered by two, never by itself (5e).
@Suite("How a case is classified")
struct RegradingTests {
  private static func classification(_ name: String, _ harness: ProgressHarness) async throws -> Int64 {
    let id = name.dropFirst(6)
    return try await harness.count("cases WHERE id = '\(id)' AND classification = 2") * 2
      + harness.count("cases WHERE id = '\(id)' AND classification = 1")
  }

  @Test("one person raises it, and who is not cleared for it sees the case no longer")
  func raised() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let before = try await harness.lifecycle(of: name)
      #expect(try await harness.progress(of: name, as: .contributor).current == .reported)
      let raised = try await harness.classify(name, .strictlyConfidential, as: .focalPoint) { $0.etag = before.etag }
      #expect(raised.state == .confirmed && raised.decider == raised.proposer && raised.hasDecideTime)
      #expect(raised.previousClassification == .confidential && raised.classification == .strictlyConfidential)
      #expect(try await Self.classification(name, harness) == 2)
      #expect(try await failure { try await harness.progress(of: name, as: .contributor) }?.code == .notFound)
      #expect(try await harness.lifecycle(of: name).etag != before.etag)
      let stale = try await failure { try await harness.classify(name, .confidential) { $0.etag = before.etag } }
      #expect(stale?.code == .aborted)
      let same = try await failure { try await harness.classify(name, .strictlyConfidential) }
      #expect(same?.code == .invalidArgument)
      #expect(try await failure { try await harness.classify(name, .unspecified) }?.code == .invalidArgument)
    }
  }

  @Test("two persons lower it, each with a reason that stays on record")
  func lowered() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proposed = try await harness.classify(name, .unclassified)
      #expect(proposed.state == .proposed && proposed.decider.isEmpty)
      #expect(try await Self.classification(name, harness) == 1)
      let alone = try await failure { try await harness.decide(.confirmed, proposed.name, as: .officer) }
      #expect(alone?.code == .failedPrecondition && alone?.metadata == ["conditions": "SECOND_PERSON"])
      #expect(
        try await failure { try await harness.classify(name, .unclassified, as: .secondOfficer) }?.reason
          == "RESOURCE_EXISTS")
      #expect(try await Self.classification(name, harness) == 1)
      let confirmed = try await harness.decide(.confirmed, proposed.name, etag: proposed.etag)
      #expect(confirmed.state == .confirmed && confirmed.decider != confirmed.proposer)
      #expect(try await Self.classification(name, harness) == 0)
      #expect(try await failure { try await harness.decide(.confirmed, proposed.name) }?.reason == "RESOURCE_ENDED")
      #expect(try await failure { try await harness.decide(.refused, proposed.name) }?.reason == "RESOURCE_ENDED")
      #expect(
        try await harness.count("acts WHERE method LIKE '%/ProposeRegrading' AND reason = 'classified anew'")
          == 1)
      #expect(try await harness.count("acts WHERE method LIKE '%/ConfirmRegrading' AND reason = 'agreed'") == 1)
      let recorded = try await harness.pool.execute(SelectRecords()).map { try AuditRecord(encoded: $0) }
        .filter { $0.resource == proposed.name }
      #expect(recorded.map(\.method).map { $0.suffix(17) } == ["/ProposeRegrading", "/ConfirmRegrading"])
      #expect(recorded.map(\.principal) == [Person.officer.principal, Person.secondOfficer.principal])
      #expect(recorded.allSatisfy { $0.details.count == 32 && $0.classes == [.core] })
    }
  }

  @Test("from strictly confidential too, by the Office of Legal Affairs as the second")
  func legal() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      _ = try await harness.classify(name, .strictlyConfidential)
      let proposed = try await harness.classify(name, .confidential)
      #expect(try await harness.decide(.confirmed, proposed.name, as: .counsel).state == .confirmed)
      #expect(try await Self.classification(name, harness) == 1)
      #expect(try await harness.progress(of: name, as: .contributor).current == .reported)
    }
  }

  @Test(
    "nobody else has a part in it", arguments: [Person.focalPoint, .prosecutor, .contributor, .auditor])
  func others(person: Person) async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proposed = try await harness.classify(name, .unclassified)
      let lower = try await failure { try await harness.classify(name, .unclassified, as: person) }
      #expect(lower?.code == .permissionDenied)
      for state in [PBRegrading.State.confirmed, .refused] {
        let decides = try await failure { try await harness.decide(state, proposed.name, as: person) }
        #expect(decides?.code == .permissionDenied)
        // Nor does it learn whether there is one.
        let unknown = name + "/regradings/0190b5a2-7c3e-7abc-8def-0123456789ab"
        #expect(try await failure { try await harness.decide(state, unknown, as: person) } == decides)
      }
      let raises = try await failure { try await harness.classify(name, .strictlyConfidential, as: person) }
      #expect(raises?.code == (person == .focalPoint ? nil : .permissionDenied))
      let list = PBListRegradingsRequest.with { $0.parent = name }
      let seen = try await harness.lifecycle.listRegradings(list, metadata: person.metadata).regradings
      #expect(seen.map(\.state) == (person == .focalPoint ? [.proposed, .confirmed] : []))
    }
  }

  @Test("what was proposed of another classification, or by somebody who is gone, is not confirmed")
  func outdated() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proposed = try await harness.classify(name, .unclassified)
      harness.advance(1, without: .officer)
      let gone = try await failure { try await harness.decide(.confirmed, proposed.name) }
      #expect(gone?.code == .permissionDenied)
      harness.advance(1)
      // A danger does not wait for what was proposed before.
      _ = try await harness.classify(name, .strictlyConfidential, as: .secondOfficer)
      let outdated = try await failure { try await harness.decide(.confirmed, proposed.name) }
      #expect(outdated?.code == .failedPrecondition && outdated?.reason == "RESOURCE_ENDED")
      #expect(try await Self.classification(name, harness) == 2)
      #expect(try await harness.decide(.refused, proposed.name, as: .officer).state == .refused)
      #expect(try await harness.classify(name, .confidential).state == .proposed)
    }
  }

  @Test("what is only tried is not kept")
  func rehearsed() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let tried = try await harness.classify(name, .strictlyConfidential) { $0.validateOnly = true }
      #expect(tried.name.isEmpty && tried.state == .confirmed)
      #expect(try await harness.count("case_regradings") == 0)
      #expect(try await Self.classification(name, harness) == 1)
    }
  }

  @Test("time opens nothing, and says of the strictly confidential not even when it might")
  func time() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      #expect(try await harness.lifecycle(of: name).openingDate == ProgressHarness.day(2043, 11, 14))
      #expect(try await !harness.lifecycle(of: name, as: .prosecutor).hasOpeningDate)
      harness.advance(21 * 366 * 86_400)
      #expect(try await Self.classification(name, harness) == 1)
      _ = try await harness.classify(name, .strictlyConfidential)
      #expect(try await !harness.lifecycle(of: name).hasOpeningDate)
    }
  }

  @Test("the database keeps it to two")
  func database() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proposed = try await harness.classify(name, .unclassified)
      for sql in [
        "UPDATE cases SET classification = 0",
        "DELETE FROM case_regradings",
        "UPDATE case_regradings SET state = 2, decider_id = proposer_id, decide_time = now()",
      ] {
        await #expect(throws: (any Error).self, "\(sql)") { try await harness.run(sql) }
      }
      try await harness.run("UPDATE cases SET classification = 2")
      _ = try await harness.decide(.refused, proposed.name)
      await #expect(throws: (any Error).self) { try await harness.run("UPDATE case_regradings SET reason = 'x'") }
    }
  }
}

private struct SelectRecords: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
