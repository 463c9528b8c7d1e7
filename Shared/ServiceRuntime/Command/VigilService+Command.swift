package import Postgres

extension VigilService {
  /// Runs a subcommand over the service's schema, with the settings of `serve`. An error becomes one line on standard
  /// error and an exit status.
  package static func runCommand(
    _ options: ConfigurationOption, _ body: (PostgresPool, Settings) async throws -> Void
  ) async throws {
    try await Exit.reporting(name) {
      let runner = ProcessRunner<Self>(configurationFile: options.config)
      let settings = try await runner.settings()
      let (_, logger) = runner.logger(settings)
      let pool = PostgresPool(databaseConfiguration(settings), logger: logger)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await pool.run() }
        defer { group.cancelAll() }
        try await body(pool, settings)
      }
    }
  }
}
