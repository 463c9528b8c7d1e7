import ArgumentParser
import Crypto
import GRPCCore
import Postgres
import Synchronization
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer
@testable import Audit
@testable import CommandLineClient

/// `vigil access …` as an operator and a case officer type it, against the real service.
@Suite("The command of access control")
struct CommandTests {
  /// What a command writes, and what it says beside it.
  final class Screen: Sendable {
    private let contents = Mutex(("", ""))

    var text: String { contents.withLock { $0.0 } }
    var notes: String { contents.withLock { $0.1 } }

    var output: Console {
      Console(write: { text in self.contents.withLock { $0.0 += text } }, isTerminal: false, columns: nil)
    }
    var side: Console {
      Console(write: { text in self.contents.withLock { $0.1 += text } }, isTerminal: false, columns: nil)
    }
  }

  static func run<Command: CallingCommand>(
    _: Command.Type, _ arguments: [String], as uri: String, _ harness: AccessHarness
  ) async throws -> (text: String, notes: String) {
    let command = try Command.parse(arguments)
    let screen = Screen()
    try await AssumedCaller.$uri.withValue(uri) {
      try await command.perform(harness.client, .defaults, to: screen.output, notes: screen.side)
    }
    return (screen.text, screen.notes)
  }

  /// The line of a single record with the title.
  static func value(_ title: String, in text: String) -> String? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(title + "  ") || $0.hasPrefix(title + " ") }
    return line?.split(separator: " ").last.map(String.init)
  }

  @Test func twoLetAStateIn() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (operators, officers) = (AccessHarness.operatorURI, AccessHarness.officerURI)
      let caseName = try await harness.caseName()
      let rehearsed = try await Self.run(
        OrganisationsCreateCommand.self,
        ["EGY", "--kind", "state", "--display-name", "Egypt", "--reason", "note verbale", "--dry-run"], as: operators,
        harness)
      #expect(Self.value("NAME", in: rehearsed.text) == nil)
      let organisation = try await Self.run(
        OrganisationsCreateCommand.self,
        ["EGY", "--kind", "STATE", "--display-name", "Egypt", "--reason", "note verbale"], as: operators, harness)
      let organisationName = try #require(Self.value("NAME", in: organisation.text))
      let principal = try await Self.run(
        PrincipalsCreateCommand.self,
        [
          organisationName, "--certificate-uri", AccessHarness.uri("egy"), "--clearance", "CONFIDENTIAL",
          "--display-name", "System", "--reason", "note verbale",
        ], as: operators, harness)
      let name = try #require(Self.value("NAME", in: principal.text))
      let given = try await Self.run(
        RolesGiveCommand.self, [name, "HST", "--reason", "note verbale"], as: officers, harness)
      #expect(Self.value("READER", in: given.text) == "HST")
      let listed = try await Self.run(RolesListCommand.self, [name, "--format", "csv"], as: officers, harness)
      #expect(listed.text.split(separator: "\r\n").count == 2)

      let seen = try await Self.run(AccessCheckCommand.self, [caseName], as: AccessHarness.uri("egy"), harness)
      #expect(seen.notes == "Allowed (policy version 1)\n" && seen.text.contains("DROP (GRANT_REQUIRED)"))
      let why = try await Self.run(
        AccessExplainCommand.self, [caseName, "--principal", name], as: officers, harness)
      #expect(why.text.hasPrefix("Allowed under policy version 1.\n- acts as HST"))
      let readers = try await Self.run(AccessReadersCommand.self, [caseName], as: officers, harness)
      #expect(readers.text.contains(name))

      let role = try #require(Self.value("NAME", in: given.text))
      let ended = try await Self.run(RolesEndCommand.self, [role, "--reason", "over"], as: officers, harness)
      #expect(Self.value("END TIME", in: ended.text) != nil)
      let stopped = try await Self.run(
        PrincipalsDisableCommand.self, [name, "--reason", "over"], as: operators, harness)
      #expect(Self.value("DISABLED", in: stopped.text) == "yes")
      let disabled = try await Self.run(
        PrincipalsListCommand.self, ["--filter", "disabled = true"], as: officers, harness)
      #expect(disabled.text.contains(name))
      let parties = try await Self.run(
        OrganisationsListCommand.self, ["--filter", "kind = STATE"], as: officers, harness)
      #expect(parties.text.contains("EGY"))
    }
  }

  @Test func aStateVerifiesWhatIsLoggedOfIt() async throws {
    try await AccessHarness.run { harness in
      let (_, kenya) = try await harness.state("KEN")
      _ = try await harness.collect(reads(0..<20).map(\.encoded), from: 0)
      try await harness.untilLogged()
      let folder = try TemporaryFolder()
      func file(_ name: String) -> String { folder.file(name) }
      let keys = try await harness.auditSigningKeys()
      try folder.write(keys.map { $0.key.publicKey.auditLine + "\n" }.joined(), to: "key")
      let head = try await Self.run(AuditHeadCommand.self, ["--format", "json"], as: kenya, harness)
      try folder.write(head.text, to: "head")
      let listed = try await Self.run(
        AuditListCommand.self, ["--filter", "resource = 'cases/7'", "--format", "csv"], as: kenya, harness)
      #expect(listed.text.split(separator: "\r\n").count == 2)

      let exported = try await Self.run(
        AuditExportCommand.self, [file("log"), "--known", file("head")], as: kenya, harness)
      #expect(exported.notes.hasPrefix("2") && exported.notes.contains(" entries in "))
      func verify(_ arguments: String...) throws -> String {
        let screen = Screen()
        try AuditVerifyCommand.parse(arguments).verify(to: screen.output)
        return screen.text
      }
      let verified = try verify(file("log"), "--key", file("key"), "--known", file("head"))
      #expect(verified.contains("all entries of KEN") && verified.contains("the head that you keep"))

      // A line that is missing, or changed, is found out.
      var lines = try TemporaryFolder.read(file("log")).split(separator: "\n")
      let line = lines.remove(at: 9)
      try folder.write(lines.joined(separator: "\n"), to: "less")
      let missing = #expect(throws: CommandFailure.self) { try verify(file("less"), "--key", file("key")) }
      #expect(missing?.status == .badData && missing?.reason.contains("entries are missing before") == true)
      #expect(throws: Never.self) { try verify(file("less"), "--key", file("key"), "--filtered") }
      lines.insert(line.replacing("\"allowed\":true", with: "\"allowed\":false")[...], at: 9)
      try folder.write(lines.joined(separator: "\n"), to: "false")
      let changed = #expect(throws: CommandFailure.self) { try verify(file("false"), "--key", file("key")) }
      #expect(changed?.status == .badData && changed?.reason.contains("is not what its bytes say") == true)
      let other = Curve25519.Signing.PrivateKey().publicKey.auditLine
      try folder.write(other, to: "other")
      let unknown = #expect(throws: CommandFailure.self) { try verify(file("log"), "--key", file("other")) }
      #expect(unknown?.status == .badData)
    }
  }

  @Test func aWordThatIsNoneIsTold() async throws {
    try await AccessHarness.run { harness in
      let refused = await #expect(throws: CommandFailure.self) {
        try await Self.run(
          OrganisationsCreateCommand.self, ["EGY", "--kind", "realm", "--display-name", "Egypt", "--reason", "x"],
          as: AccessHarness.operatorURI, harness)
      }
      #expect(refused?.status == .usage && refused?.reason.contains("STATE, MISSION") == true)
    }
  }
}
