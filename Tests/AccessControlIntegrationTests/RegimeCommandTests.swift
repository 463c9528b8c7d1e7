import ArgumentParser
import Foundation
import GRPCCore
import Policy
import TestSupport
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import CommandLineClient

/// The commands of grants, emergencies, lockdowns and the policy, against the real service.
@Suite("The commands of special regimes")
struct RegimeCommandTests {
  @Test func aGrantIsAskedForAndGiven() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let (caseName, officer) = (try await harness.caseName(), AccessHarness.officerURI)
      let arguments = [
        caseName, "EXACT", "--grantee", "EGY", "--purpose", "investigation", "--legal-basis", "treaty", "--conditions",
        "FAIR_TRIAL", "--until", "2024-01-31", "--reason", "asked by note",
      ]
      let rehearsed = try await CommandTests.run(
        GrantsRequestCommand.self, arguments + ["--dry-run"], as: egypt, harness)
      #expect(rehearsed.notes == "Nothing was kept: this is what would be.\n")
      #expect(try await harness.count("grants") == 0)
      let asked = try await CommandTests.run(GrantsRequestCommand.self, arguments, as: egypt, harness)
      #expect(CommandTests.value("STATE", in: asked.text) == "REQUESTED")
      #expect(CommandTests.value("END TIME", in: asked.text) == "2024-01-31T00:00:00Z")
      let name = try #require(CommandTests.value("NAME", in: asked.text))
      let tried = try await CommandTests.run(
        GrantsApproveCommand.self, [name, "--reason", "in order", "--dry-run"], as: officer, harness)
      #expect(CommandTests.value("STATE", in: tried.text) == "APPROVED")
      let still = try await CommandTests.run(GrantsGetCommand.self, [name], as: officer, harness)
      #expect(CommandTests.value("STATE", in: still.text) == "REQUESTED")
      _ = try await CommandTests.run(GrantsApproveCommand.self, [name, "--reason", "in order"], as: officer, harness)
      let met = try await CommandTests.run(
        GrantsConditionsCommand.self, [name, "--fulfilled", "FAIR_TRIAL", "--reason", "assured"], as: officer, harness)
      #expect(CommandTests.value("FULFILLED CONDITIONS", in: met.text) == "FAIR_TRIAL")
      _ = try await CommandTests.run(GrantsRevokeCommand.self, [name, "--reason", "over"], as: officer, harness)
      let listed = try await CommandTests.run(
        GrantsListCommand.self, ["--filter", "state = REVOKED"], as: officer, harness)
      #expect(listed.text.contains(name))
    }
  }

  @Test func anEmbargoIsMadeAndLifted() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (caseName, officer) = (try await harness.caseName(), AccessHarness.officerURI)
      let made = try await CommandTests.run(
        EmbargoesCreateCommand.self, [caseName, "NEXT_OF_KIN", "--reason", "not told"], as: officer, harness)
      let name = try #require(CommandTests.value("NAME", in: made.text))
      let listed = try await CommandTests.run(EmbargoesListCommand.self, [caseName], as: officer, harness)
      #expect(listed.text.contains("NEXT_OF_KIN"))
      let lifted = try await CommandTests.run(
        EmbargoesLiftCommand.self, [name, "--reason", "told"], as: officer, harness)
      #expect(CommandTests.value("LIFTER", in: lifted.text) != nil)
    }
  }

  @Test func theGlassIsBrokenToldAndReviewed() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (caseName, officer) = (try await harness.caseName(), AccessHarness.officerURI)
      _ = try await harness.legalOfficer()
      let (_, focalPoint) = try await harness.reader(.mfp, "minusca", of: "minusca", .mission)
      let broken = try await CommandTests.run(
        EmergencyBreakGlassCommand.self, [caseName, "--duration", "30m", "--reason", "danger"], as: focalPoint, harness)
      let name = try #require(CommandTests.value("NAME", in: broken.text))
      let notices = try await CommandTests.run(NoticesListCommand.self, ["--format", "csv"], as: officer, harness)
      let notice = try #require(notices.text.split(separator: ",").last?.split(whereSeparator: \.isNewline).first)
      #expect(notices.text.contains("EMERGENCY_ACCESS_USED,\(name)"))
      let taken = try await CommandTests.run(NoticesAcknowledgeCommand.self, [String(notice)], as: officer, harness)
      #expect(CommandTests.value("STATE", in: taken.text) == "ACKNOWLEDGED")
      let reviewed = try await CommandTests.run(
        EmergencyReviewCommand.self, [name, "--finding", "needed", "--reason", "review"], as: officer, harness)
      #expect(CommandTests.value("FINDING", in: reviewed.text) == "needed")
      let left = try await CommandTests.run(
        EmergencyListCommand.self, ["--filter", "reviewed = false"], as: officer, harness)
      #expect(left.text == "Nothing found.\n")
    }
  }

  @Test func aMissionIsLocked() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (legal, officer) = (try await harness.legalOfficer(), AccessHarness.officerURI)
      _ = try await harness.caseName()
      let begun = try await CommandTests.run(
        LockdownsBeginCommand.self, ["sealed", "--every-mission", "--reason", "breach"], as: officer, harness)
      let name = try #require(CommandTests.value("NAME", in: begun.text))
      let listed = try await CommandTests.run(LockdownsListCommand.self, [], as: legal, harness)
      #expect(listed.text.contains("every mission") && listed.text.contains("SEALED"))
      let ended = try await CommandTests.run(
        LockdownsEndCommand.self, [name, "--reason", "no breach"], as: legal, harness)
      #expect(CommandTests.value("ENDER", in: ended.text) != nil)
      for arguments in [
        ["SEALED", "--reason", "x"], ["SEALED", "--mission", "UNTSO", "--every-mission", "--reason", "x"],
      ] {
        #expect(throws: (any Error).self) { try LockdownsBeginCommand.parse(arguments) }
      }
    }
  }

  @Test func aSystemGetsItsCertificate() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let folder = try TemporaryFolder("keys")
      let (key, request) = (folder.file("ken.key"), folder.file("ken.csr"))
      let screen = CommandTests.Screen()
      let new = try CertificatesNewKeyCommand.parse([uri, "--key-file", key, "--request-file", request])
      try new.perform(to: screen.output)
      let digest = try #require(CommandTests.value("KEY DIGEST", in: screen.text))
      // What is there already is not lost.
      #expect(throws: CommandFailure.self) { try new.perform(to: screen.output) }
      let asked = try await CommandTests.run(
        CertificatesRequestCommand.self, [kenya.name, request, "--reason", "asked by note"],
        as: AccessHarness.operatorURI, harness)
      let name = try #require(CommandTests.value("NAME", in: asked.text))
      #expect(CommandTests.value("KEY DIGEST", in: asked.text) == digest)
      let issued = try await CommandTests.run(
        CertificatesIssueCommand.self, [name, "--key-digest", digest, "--reason", "compared"],
        as: AccessHarness.officerURI, harness)
      #expect(CommandTests.value("STATE", in: issued.text) == "ISSUED")
      let chain = try await CommandTests.run(CertificatesGetCommand.self, [name, "--chain"], as: uri, harness)
      #expect(chain.text.components(separatedBy: "BEGIN CERTIFICATE").count == 3)
      _ = try await CommandTests.run(
        CertificatesRevokeCommand.self, [name, "--reason", "lost"], as: AccessHarness.operatorURI, harness)
      let listed = try await CommandTests.run(
        CertificatesListCommand.self, ["--filter", "state = REVOKED"], as: uri, harness)
      #expect(listed.text.contains(name))
    }
  }

  @Test func twoChangeThePolicy() async throws {
    try await AccessHarness.run { harness in
      let (legal, officer) = (try await harness.legalOfficer(), AccessHarness.officerURI)
      let approver = try #require(try await harness.principals(as: officer, filter: "reader = LEG").first)
      let inForce = try await CommandTests.run(PolicyGetCommand.self, [], as: officer, harness)
      #expect(inForce.text == (try Policy.standard().canonicalText))
      let folder = try TemporaryFolder("policy")
      let text = inForce.text.replacing("policy 1\n", with: "# A remark that is left out.\npolicy 2\n")
        .replacing("days 365", with: "days 30")
      let file = try folder.write(text, to: "policy.txt")
      let refused = await #expect(throws: RPCError.self) {
        try await CommandTests.run(
          PolicyUpdateCommand.self, [file, "--approver", approver, "--reason", "x"], as: officer, harness)
      }
      #expect(refused?.code == .failedPrecondition)
      let approved = try await CommandTests.run(
        PolicyApproveCommand.self, [file, "--reason", "agreed"], as: legal, harness)
      #expect(approved.notes.contains("- policy 1\n") && approved.notes.contains("+ policy 2\n"))
      #expect(approved.notes.split(separator: "\n").count == 4)
      let updated = try await CommandTests.run(
        PolicyUpdateCommand.self, [file, "--approver", approver, "--reason", "agreed"], as: officer, harness)
      #expect(CommandTests.value("VERSION", in: updated.text) == "2")
      let broken = try folder.write("policy 3\n", to: "broken.txt")
      let failure = await #expect(throws: CommandFailure.self) {
        try await CommandTests.run(PolicyApproveCommand.self, [broken, "--reason", "x"], as: legal, harness)
      }
      #expect(failure?.status == .usage)
    }
  }
}
