package import ArgumentParser
import Logging
import Postgres

/// `vigil-x migrate [--dry-run]`.
package struct MigrateCommand<Service: VigilService>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "migrate",
      abstract: "Bring the service's schema up to date, and say what was done."
    )
  }

  @OptionGroup private var options: ConfigurationOption

  @Flag(help: "Only say which migrations would be applied.")
  private var dryRun = false

  package init() {}

  package func run() async throws {
    try await Exit.reporting(Service.name) {
      let runner = ProcessRunner<Service>(configurationFile: options.config)
      let settings = try await runner.settings()
      let (_, logger) = runner.logger(settings)
      let migrator = PostgresMigrator(
        url: settings[DatabaseSettings.url],
        schema: Service.schema,
        migrations: Service.migrations,
        logger: logger
      )
      report(try await migrator.migrate(dryRun: dryRun))
    }
  }

  private func report(_ migrations: [Migration]) {
    guard !migrations.isEmpty else { return print("schema \(Service.schema) is up to date") }
    for migration in migrations {
      print("\(dryRun ? "would apply" : "applied") \(migration.number) \(migration.name)")
    }
  }
}
