package import ArgumentParser

/// `vigil-x serve`.
package struct ServeCommand<Process: VigilProcess>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "serve",
      abstract: "Run until SIGTERM or SIGINT. This is what happens without a subcommand."
    )
  }

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func run() async throws {
    try await Exit.reporting(Process.name) {
      try await ProcessRunner<Process>(configurationFile: options.config).serve()
    }
  }
}
