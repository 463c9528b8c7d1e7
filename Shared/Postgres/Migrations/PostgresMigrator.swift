package import Logging
import ServiceLifecycle

/// Brings a schema up to date.
///
/// Migrations are applied in order, each in its own transaction together with its line in the history table
/// `<schema>.schema_migrations`, under an advisory lock, so that several instances may start at once. Applied
/// migrations are recognised by their SHA-256: a changed one, a missing one or a gap stops it before anything is run.
package struct PostgresMigrator: Sendable {
  private let url: String
  private let schema: String
  private let migrations: [Migration]
  private let logger: Logger

  /// - Parameters:
  ///   - url: a libpq connection string of a role that may create `schema` or owns it.
  ///   - schema: made when it does not exist; the migrations' search path.
  ///   - migrations: all of them, in any order.
  package init(url: String, schema: String, migrations: [Migration], logger: Logger) {
    self.url = url
    self.schema = schema
    self.migrations = migrations.sorted { $0.number < $1.number }
    self.logger = logger
  }

  /// Applies what is missing and returns it; with `dryRun` only returns it, and changes nothing.
  ///
  /// - Throws: ``MigrationError``, with nothing applied by the failed migration and everything by those before it.
  @discardableResult
  package func migrate(dryRun: Bool = false) async throws -> [Migration] {
    try MigrationPlan.requireUnbroken(migrations.map(\.number))
    let connection = try await connect()
    defer { connection.close() }
    let history = MigrationHistory(connection, schema: schema)
    if dryRun { return try MigrationPlan.missing(of: migrations, applied: try await history.read()) }
    try await history.lock()
    try await history.createIfMissing()
    let missing = try MigrationPlan.missing(of: migrations, applied: try await history.read())
    for migration in missing {
      try await apply(migration, history)
    }
    return missing
  }

  private func apply(_ migration: Migration, _ history: MigrationHistory) async throws {
    do {
      try await history.apply(migration)
      logger.info("applied migration", metadata: ["schema": "\(schema)", "migration": "\(migration)"])
    } catch {
      throw MigrationError.failed(migration, error)
    }
  }

  /// A connection of its own, without the pool's time limit on statements.
  private func connect() async throws -> PostgresConnection {
    var configuration = PostgresPoolConfiguration(url: url)
    configuration.applicationName = "vigil-migrate"
    configuration.statementTimeout = .seconds(24 * 3600)
    return try await PostgresPool(configuration, name: "migrations", logger: logger)
      .connect(observer: PostgresConnection.Observer())
  }
}
