package import ArgumentParser

/// The command line of a service: `@main` calls `ServiceCommand<Service>.main()`.
package struct ServiceCommand<Service: VigilService>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    .process(Service.self, subcommands: [ServeCommand<Service>.self, MigrateCommand<Service>.self])
  }

  package init() {}
}
