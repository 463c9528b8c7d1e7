import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("The beginning of a directory")
struct BootstrapTests {
  @Test func nobodyIsThereBefore() async throws {
    try await AccessHarness.run(isBegun: false) { harness in
      let refused = try await failure { try await harness.principals(as: AccessHarness.operatorURI) }
      #expect(refused?.code == .permissionDenied && refused?.reason == "METHOD_NOT_PERMITTED")
    }
  }

  @Test func happensOnce() async throws {
    try await AccessHarness.run(isBegun: false) { harness in
      let beginners = try #require(try await harness.bootstrap())
      #expect(beginners.map(\.role.reader) == [.systemOperator, .headquarters])
      #expect(try await harness.bootstrap() == nil)
      #expect(try await harness.count("principals") == 2)
      #expect(try await harness.count("role_assignments") == 2)
      #expect(try await harness.count("acts WHERE principal_id IS NULL AND method = 'bootstrap'") == 6)
    }
  }

  @Test func aPersonCanBeAnOperatorFromTheBeginning() async throws {
    try await AccessHarness.run(isBegun: false) { harness in
      let bootstrap = Bootstrap(pool: harness.pool, ids: RecordID.Generator(), clock: harness.time.clock)
      let begun = try await bootstrap.run(
        operator: AccessHarness.operatorURI, caseOfficer: AccessHarness.officerURI, administrator: "administrator")
      let invitation = try #require(begun?.last?.invitation)
      let code = try await InvitationCodes(pool: harness.pool, vault: AccessHarness.vault).code(of: invitation.id)
      let principal = PBPrincipal(try #require(begun?.last).principal)
      let person = try await harness.enrol(principal, by: .with { $0.code = code })
      let tokens = try await harness.signIn(person)
      try await harness.settle()
      #expect(try await harness.whoami(tokens.accessToken).readers == [.adm])
      #expect(try await harness.count("acts WHERE principal_id IS NULL AND method = 'bootstrap'") == 9)
    }
  }

  @Test func twoAtOnceAreOne() async throws {
    try await AccessHarness.run(isBegun: false) { harness in
      async let first = harness.bootstrap()
      async let second = harness.bootstrap()
      let made = try await [first, second].compactMap(\.self)
      #expect(made.count == 1)
      #expect(try await harness.count("principals") == 2)
    }
  }

  @Test func theTwoCanMakeAReaderTogether() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("KEN", .state)
      let principal = try await harness.principal("ken", of: organisation)
      let role = try await harness.role(.hst, to: principal.name)
      #expect(role.reader == .hst && !role.hasEndTime && role.assigner.hasPrefix("principals/"))
      #expect(try await harness.roles(of: principal.name) == [role])
    }
  }
}
