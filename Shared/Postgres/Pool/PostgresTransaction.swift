/// A transaction in progress; usable until the body of `withTransaction` returns.
package struct PostgresTransaction: PostgresExecutor {
  package func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult] {
    throw PostgresError(.transactionEnded)
  }
}
