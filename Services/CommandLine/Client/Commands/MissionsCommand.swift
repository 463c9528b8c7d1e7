import ArgumentParser

/// `vigil missions`.
struct MissionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missions",
    abstract: "United Nations field missions.",
    subcommands: [MissionsListCommand.self, MissionsGetCommand.self]
  )
}
