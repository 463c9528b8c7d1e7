package import ArgumentParser

/// The command line of a process without a schema: `@main` calls `ProcessCommand<Process>.start()`.
package struct ProcessCommand<Process: VigilProcess>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    .process(Process.self, subcommands: [ServeCommand<Process>.self])
  }

  package init() {}

  /// Parses the arguments, does what they say, and exits when that fails.
  package static func start() async {
    await main()
  }
}
