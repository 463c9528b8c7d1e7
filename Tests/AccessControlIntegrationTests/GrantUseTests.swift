import AuditOutbox
import Authorization
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilCasesAPI
import VigilTypeAPI

@testable import AccessControlServer
@testable import CasesServer

/// From the grant to the log: access control and the register, each with its schema, the policy and the records going
/// between them as they do between processes.
@Suite("The use of a grant")
struct GrantUseTests {
  /// A regional organization's system, which reads by grant alone.
  private static func union(_ harness: AccessHarness) async throws -> String {
    let principal = try await harness.principal("au", of: try await harness.organisation("AU", .regional))
    try await harness.role(.reg, to: principal.name)
    return AccessHarness.uri("au")
  }

  private static func read(_ name: String, _ harness: AccessHarness, as uri: String) async throws -> PBCase {
    var metadata = caller(uri)
    metadata.addString("INVESTIGATION", forKey: "vigil-purpose")
    return try await harness.cases.getCase(.with { $0.name = name }, metadata: metadata)
  }

  @Test("is in the log with the grant, and found by it")
  func logged() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (name, union) = (try await harness.caseName(), try await Self.union(harness))
      let auditor = try await harness.auditor()
      try await harness.settle()
      try harness.tellRegister()
      #expect(try await failure { try await Self.read(name, harness, as: union) }?.code == .notFound)
      let legal = try await harness.legalOfficer()
      func granted(_ dataClass: PBDataClass) async throws -> PBGrant {
        let asked = try await harness.request([dataClass], of: name, to: "AU", as: AccessHarness.officerURI)
        return try await harness.approve(asked, as: legal)
      }
      let (grant, other) = (try await granted(.core), try await granted(.hostProgress))
      try await harness.untilPolicy { $0.grants.count == 2 }
      try harness.tellRegister()
      #expect(try await Self.read(name, harness, as: union).name == name)
      try await harness.untilRegisterLogged()

      let uses = try await harness.entries(as: auditor, filter: #"grant = "\#(grant.name)""#)
      #expect(uses.map(\.usedGrants) == [[grant.name]], "\(uses)")
      #expect(uses.first?.resource == name && uses.first?.party == "AU" && uses.first?.purpose == .investigation)
      #expect(uses.first?.method == AccessHarness.getCase && uses.first?.allowed == true)
      // What opened nothing that was shown was not used.
      #expect(try await harness.entries(as: auditor, filter: #"grant = "\#(other.name)""#).isEmpty)
      // Whoever needs none uses none.
      _ = try await Self.read(name, harness, as: AccessHarness.officerURI)
      try await harness.untilRegisterLogged()
      #expect(try await harness.entries(as: auditor, filter: #"grant = "\#(grant.name)""#).count == 1)
    }
  }
}
