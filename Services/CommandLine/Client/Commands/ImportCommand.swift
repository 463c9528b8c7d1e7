import ArgumentParser

/// `vigil import`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings published data into the register.",
    subcommands: [ImportUNFatalitiesCommand.self]
  )
}
