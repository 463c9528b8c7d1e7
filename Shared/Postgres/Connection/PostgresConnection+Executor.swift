extension PostgresConnection: PostgresExecutor {
  nonisolated func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult] {
    try await submit(.statements(requests, inTransaction: false), deadline: PostgresDeadline.effective(deadline))
  }
}
