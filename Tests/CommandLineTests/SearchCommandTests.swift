import ArgumentParser
import SwiftProtobuf
import Testing
import VigilCasesAPI

@testable import CommandLineClient

@Suite("What the commands that search and export ask for")
struct SearchCommandTests {
  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ line: [String]) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(line) as? Command)
  }

  @Test("words, filters and what to count by")
  func search() throws {
    let line = [
      "cases", "search", "convoy", "伏击", "--filter", "act = KILLING", "--count-by", "year", "--count-by", "MISSION",
    ]
    let command = try parse(CasesSearchCommand.self, line)
    let request = try command.request()
    #expect(request.query == "convoy 伏击" && request.facets == [.year, .mission] && request.view == .basic)
    #expect(command.list.pages.filter == "act = KILLING")
    let bad = try parse(CasesSearchCommand.self, ["cases", "search", "x", "--count-by", "colour"])
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("an export's format, and no table")
  func export() throws {
    #expect(try parse(CasesExportCommand.self, ["cases", "export", "--format", "jsonl"]).format == .jsonl)
    #expect(throws: (any Error).self) { try VigilCommand.parseAsRoot(["cases", "export", "--format", "table"]) }
  }

  @Test("an exercise's size and seed")
  func exercise() throws {
    let command = try parse(ExerciseGenerateCommand.self, ["exercise", "generate", "--cases", "1000", "--seed", "9"])
    #expect(command.cases == 1_000 && command.seed == 9)
    #expect(ProgressBar.text("cases", 1, of: 4) { "\($0)" }.hasSuffix("25 % of 4"))
  }
}
