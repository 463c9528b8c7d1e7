import ArgumentParser
import SwiftProtobuf
import Testing

@testable import CommandLineClient

@Suite("The commands of access control")
struct AccessCommandTests {
  /// What cannot be tried without being done: to ask whether there is a case, to take note of something, to sign.
  private static let unrehearsed: Set<String> = ["break-glass", "acknowledge", "issue", "renew", "new-key", "invite"]
  /// What changes nothing.
  private static let readings: Set<String> = ["list", "get", "check", "explain", "readers"]

  private static func leaves(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    let subcommands = command.configuration.subcommands
    return subcommands.isEmpty ? [command] : subcommands.flatMap(leaves)
  }

  /// A command that is added and changes something without `--dry-run` fails here.
  @Test func everyChangeCanBeTriedFirst() {
    let leaves = Self.leaves(AccessCommand.self)
    #expect(leaves.count > 30)
    for command in leaves {
      let name = command.configuration.commandName ?? ""
      let isReading = Self.readings.contains(name)
      let isRehearsed = command is any RehearsedCommand.Type
      #expect(isReading || isRehearsed || Self.unrehearsed.contains(name), "\(command)")
      #expect(!(isReading && command is any ChangingCommand.Type), "\(command)")
      #expect(!command.configuration.abstract.isEmpty)
    }
  }

  @Test(arguments: [
    ("2027-01-31", 1_801_353_600), ("2027-01-31T12:00:00Z", 1_801_396_800),
    ("2027-01-31T12:00:00+02:00", 1_801_389_600),
  ])
  func timesAreRead(_ text: String, _ seconds: Int64) {
    #expect(Instant(argument: text)?.time.seconds == seconds)
  }

  @Test(arguments: ["", "tomorrow", "2027-13-01", "31.01.2027", "2027-01-31T12:00"])
  func whatIsNoTimeIsRefused(_ text: String) {
    #expect(Instant(argument: text) == nil)
  }

  @Test func spansAreWholeSeconds() {
    #expect(Span(argument: "30m")?.message.seconds == 1800)
    #expect(Span(argument: "2h")?.message.seconds == 7200)
    for text in ["", "30", "500ms", "-1h", "1d"] { #expect(Span(argument: text) == nil) }
  }
}
