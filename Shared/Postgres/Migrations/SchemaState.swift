/// Whether a schema is what a program needs, found by reading alone.
package enum SchemaState: Sendable {
  /// Every migration is applied. So may be later ones: a program goes on serving while a newer one is put in its place.
  case current
  /// This and perhaps more are not applied.
  case behind(next: Migration)
  /// It was made by other migrations than the program's.
  case different(MigrationError)

  /// Looks at `schema`.
  ///
  /// - Parameter migrations: the program's, oldest first.
  package static func read(
    of schema: String,
    migrations: [Migration],
    on executor: some PostgresExecutor,
    deadline: ContinuousClock.Instant
  ) async throws(PostgresError) -> SchemaState {
    let applied = try await MigrationHistory.read(schema: schema, on: executor, deadline: deadline)
    return of(applied: applied, migrations: migrations)
  }

  static func of(applied: [MigrationPlan.Applied], migrations: [Migration]) -> SchemaState {
    do throws(MigrationError) {
      let missing = try MigrationPlan.missing(of: migrations, applied: applied)
      return missing.first.map { .behind(next: $0) } ?? .current
    } catch {
      if case .unknown = error { return .current }
      return .different(error)
    }
  }
}
