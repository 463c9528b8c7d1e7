import Audit
import GRPCCore
import Policy
import Postgres
import Testing
import VigilAccessAPI

@testable import AccessControlServer

@Suite("What the log takes, and from whom", .serialized)
struct AuditCollectorTests {
  private static func bytes(_ numbers: Range<Int>) -> [[UInt8]] { reads(numbers).map(\.encoded) }

  @Test func recordsOnceAndInOrder() async throws {
    try await AccessHarness.run { harness in
      let all = Self.bytes(0..<10)
      let next = try await harness.collect(Array(all[..<4]), from: 0)
      #expect(next == 4)
      // Again, in part again, and what follows.
      #expect(try await harness.collect(Array(all[..<4]), from: 0) == 4)
      #expect(try await harness.collect(Array(all[2..<7]), from: 2) == 7)
      // A gap is not jumped over.
      #expect(try await harness.collect(Array(all[8...]), from: 8) == 7)
      #expect(try await harness.collect(Array(all[7...]), from: 7) == 10)
      #expect(try await harness.collect([], from: 10) == 10)
      #expect(try await harness.count("audit_entries WHERE service = 'cases'") == 10)
    }
  }

  @Test("a service's records are its own, whatever it says")
  func ownName() async throws {
    try await AccessHarness.run { harness in
      #expect(try await harness.collect(Self.bytes(0..<2), from: 0) == 2)
      // Another service begins its own count, with methods of its own.
      let foreign = try await failure {
        try await harness.collect(Self.bytes(0..<1), from: 0, as: "spiffe://vigil.local/service/reporting")
      }
      #expect(foreign?.code == .invalidArgument)
      var record = reads(0..<1)[0]
      for method in ["vigil.access.v1.GrantService/ApproveGrant", "vigil.casesx.v1.A/B", "vigil.cases", "", "x"] {
        record.method = method
        let refused = try await failure { try await harness.collect([record.encoded], from: 2) }
        #expect(refused?.code == .invalidArgument, "\(method)")
      }
      record.method = "vigil.reporting.v1.A/B"
      #expect(
        try await harness.collect([record.encoded], from: 0, as: "spiffe://vigil.local/service/reporting") == 1)
      #expect(try await harness.count("audit_entries WHERE service = 'cases'") == 2)
      #expect(try await harness.count("audit_entries WHERE service = 'reporting'") == 1)
    }
  }

  @Test(
    "nobody but the services that record is heard",
    arguments: [
      nil, AccessHarness.operatorURI, AccessHarness.officerURI, "spiffe://vigil.local/service/gateway",
      "spiffe://vigil.local/service/access", "spiffe://elsewhere.local/service/cases",
      "spiffe://vigil.local/client/cases",
    ])
  func strangers(_ uri: String?) async throws {
    try await AccessHarness.run { harness in
      let refused = try await failure { try await harness.collect(Self.bytes(0..<1), from: 0, as: uri) }
      #expect(refused?.code == .permissionDenied && refused?.reason == "METHOD_NOT_PERMITTED")
      #expect(try await harness.count("audit_entries WHERE service = 'cases'") == 0)
    }
  }

  @Test func oneBadRecordIsNone() async throws {
    try await AccessHarness.run { harness in
      let good = Self.bytes(0..<2)
      for bad in [[], [0], Array(good[0].dropLast()), good[0] + [0]] as [[UInt8]] {
        let refused = try await failure { try await harness.collect([good[0], bad, good[1]], from: 0) }
        #expect(refused?.code == .invalidArgument && refused?.message.hasPrefix("records[1]") == true)
      }
      let many = try await failure { try await harness.collect(Array(repeating: good[0], count: 10_001), from: 0) }
      #expect(many?.code == .invalidArgument)
      let early = try await failure { try await harness.collect(good, from: -1) }
      #expect(early?.code == .invalidArgument)
      #expect(try await harness.count("audit_entries WHERE service = 'cases'") == 0)
    }
  }

  @Test("services that give records at once stand in a queue")
  func atOnce() async throws {
    try await AccessHarness.run { harness in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for service in ["cases", "reporting"] {
          group.addTask {
            for first in 0..<20 {
              var records = reads(first * 5..<first * 5 + 5)
              for index in records.indices { records[index].method = "vigil.\(service).v1.A/B" }
              let next = try await harness.collect(
                records.map(\.encoded), from: Int64(first) * 5, as: "spiffe://vigil.local/service/\(service)")
              #expect(next == Int64(first) * 5 + 5)
            }
          }
        }
        try await group.waitForAll()
      }
      let auditor = try await harness.auditor()
      try await harness.untilLogged()
      let findings = try verified(try await harness.export(as: auditor), by: try await harness.auditKeys())
      #expect(findings.scope == .log && findings.entries >= 200)
    }
  }
}

/// What a reader finds who has nothing but a bundle, keys and a head.
func verified(
  _ parts: [PBAuditBundlePart], by keys: AuditKeys, known: PBTreeHead? = nil,
  extent: AuditVerifier.Extent = .complete
) throws -> AuditFindings {
  var verifier = AuditVerifier(keys: keys, known: known, extent: extent)
  for part in parts { try verifier.take(part) }
  return try verifier.finish()
}
