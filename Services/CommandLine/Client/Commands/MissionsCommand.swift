import ArgumentParser

/// `vigil missions`.
struct MissionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missions",
    abstract: "United Nations field missions.",
    subcommands: [
      MissionsListCommand.self, MissionsGetCommand.self, MissionsUpdateCommand.self, MissionHostsCommand.self,
    ]
  )
}

/// `vigil missions hosts`.
struct MissionHostsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hosts",
    abstract: "Who hosts a mission, and so sees its cases.",
    subcommands: [MissionHostsAddCommand.self, MissionHostsUpdateCommand.self, MissionHostsEndCommand.self]
  )
}
