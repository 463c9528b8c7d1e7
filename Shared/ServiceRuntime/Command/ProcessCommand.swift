package import ArgumentParser

/// The command line of a process without a schema: `@main` calls `ProcessCommand<Process>.main()`.
package struct ProcessCommand<Process: VigilProcess>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    .process(Process.self, subcommands: [ServeCommand<Process>.self])
  }

  package init() {}
}
