package import ArgumentParser

/// The command line of a service: `@main` calls `ServiceCommand<Service>.start()`.
package struct ServiceCommand<Service: VigilService>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    .process(Service.self, subcommands: [ServeCommand<Service>.self, MigrateCommand<Service>.self] + Service.commands)
  }

  package init() {}

  /// Parses the arguments, does what they say, and exits when that fails.
  package static func start() async {
    await main()
  }
}
