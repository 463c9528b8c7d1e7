import ArgumentParser

extension CommandConfiguration {
  static func process<Process: VigilProcess>(
    _ process: Process.Type,
    subcommands: [any ParsableCommand.Type]
  ) -> CommandConfiguration {
    CommandConfiguration(
      commandName: process.name,
      abstract: process.purpose,
      discussion: SettingsHelp(groups: process.allSettings, defaults: process.defaults).text,
      subcommands: subcommands,
      defaultSubcommand: ServeCommand<Process>.self
    )
  }
}
