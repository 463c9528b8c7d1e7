import ArgumentParser
import Foundation
import GRPCCore
import Testing
import VigilCasesAPI

@testable import CommandLineClient

@Suite("Commands against a register")
struct CommandTests {
  private let register = RegisterDouble()
  private let output = ConsoleRecorder()
  private let notes = ConsoleRecorder()

  private func list(_ arguments: [String]) async throws {
    let command = try CasesListCommand.parse(arguments)
    try await register.serve { client in
      try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
    }
  }

  @Test("a list is one page, and says that there is more")
  func onePage() async throws {
    try await list(["--page-size", "2"])
    #expect(
      output.text == """
        DISPLAY NUMBER    INCIDENT DATE  MISSION  ACT      VICTIM COUNT  HOST STATES       STATE   REDACTED  NAME
        MINUSMA-2019-001  2019           MINUSMA  KILLING             1  MLI (unreviewed)  TRIAGE  -         cases/1
        MINUSMA-2019-002  2019           MINUSMA  KILLING             1  MLI (unreviewed)  TRIAGE  -         cases/2

        """
    )
    #expect(notes.text == "There are more: add --all, or --page-token 2\n")
  }

  @Test("--all follows the pages with the same request; JSON is one array")
  func allPages() async throws {
    try await list(["--page-size", "2", "--all", "--format", "json", "--filter", "mission = MINUSMA"])
    struct Named: Decodable { var name: String }
    let cases = try JSONDecoder().decode([Named].self, from: Data(output.text.utf8))
    #expect(cases.map(\.name) == ["cases/1", "cases/2", "cases/3"])
    #expect(notes.text.isEmpty)
    #expect(register.listed.map(\.filter) == ["mission = MINUSMA", "mission = MINUSMA"])
    #expect(register.listed.map(\.pageToken) == ["", "2"])
  }

  @Test("CSV has one header over all pages")
  func csv() async throws {
    try await list(["--page-size", "1", "--all", "--format", "csv"])
    let lines = output.text.split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines.first?.hasPrefix("display_number,incident_date,mission,act,victim_count,") == true)
    #expect(lines.last?.hasSuffix(",cases/3") == true)
  }

  @Test("what is redacted is told in every format")
  func redactions() async throws {
    try await list(["--page-token", "2"])
    #expect(output.text.contains("TRIAGE  victims incident_date  cases/3"))
    try await list(["--page-token", "2", "--format", "csv"])
    #expect(
      output.text.contains(
        ",STRICTLY_CONFIDENTIAL,SGBV MINOR,"
          + "victims: only counted (a handling caveat); incident_date: made coarser (summary only),"))
    try await list(["--page-token", "2", "--format", "json"])
    #expect(output.text.contains(#""redactions":[{"field":"victims","transform":"TRANSFORM_COUNT_ONLY","#))
    let command = try CasesGetCommand.parse(["3"])
    try await register.serve { try await command.get($0, .defaults, to: output.console()) }
    #expect(output.text.contains("\nREDACTIONS            victims: only counted (a handling caveat); incident_date: "))
    #expect(output.text.contains("\nleft out (held back for a time)  -"))
  }

  @Test("a purpose goes with the call, in capital letters", arguments: [("audit", "AUDIT"), ("", "")])
  func purpose(_ argument: String, _ header: String) throws {
    let options = try CasesListCommand.parse(["--purpose", argument]).use
    #expect(options.metadata[stringValues: "vigil-purpose"].first { _ in true } ?? "" == header)
  }

  @Test("an empty list is told in every format", arguments: [("table", "Nothing found.\n"), ("json", "[]\n")])
  func nothing(_ format: String, _ text: String) async throws {
    let command = try MissionsListCommand.parse(["--format", format])
    try await register.serve { client in
      try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
    }
    #expect(output.text == text)
  }

  @Test("one case shows its victims")
  func get() async throws {
    let command = try CasesGetCommand.parse(["1"])
    try await register.serve { try await command.get($0, .defaults, to: output.console()) }
    #expect(output.text.hasPrefix("DISPLAY NUMBER        MINUSMA-2019-001\nINCIDENT DATE         2019\n"))
    #expect(output.text.contains("\n\nCASUALTY ID            NATIONALITY"))
    #expect(output.text.contains("\nMINUSMA-2019-05-00012  -"))
  }

  @Test("a case that is not there is an error with its own exit status")
  func missing() async throws {
    let command = try CasesGetCommand.parse(["cases/9"])
    let error = await #expect(throws: RPCError.self) {
      try await register.serve { try await command.get($0, .defaults, to: output.console()) }
    }
    #expect(error.flatMap { CommandFailure($0) }?.status == .notFound)
    #expect(output.text.isEmpty)
  }

  @Test(
    "missions are found by code and by name",
    arguments: [("MINUSMA", "missions/minusma"), ("UNEF II", "missions/unef-ii"), ("missions/unef", "missions/unef")]
  )
  func missionNames(_ argument: String, _ name: String) throws {
    #expect(try MissionsGetCommand.parse([argument]).resourceName == name)
  }

  @Test("status lists the services, and fails when one does not serve")
  func status() async throws {
    let command = try StatusCommand.parse([])
    let failure = await #expect(throws: CommandFailure.self) {
      try await register.serve { try await command.show($0, .defaults, to: output.console()) }
    }
    #expect(failure?.status == .unavailable)
    #expect(failure?.reason == "1 of 2 services does not serve")
    #expect(
      output.text == """
        SERVICE                        STATUS
        vigil.access.v1.AccessService  NOT_SERVING
        vigil.cases.v1.CaseService     SERVING

        """
    )
  }
}
