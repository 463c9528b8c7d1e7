/// What statements can be run on: the pool (each call commits on its own) or a transaction.
package protocol PostgresExecutor: Sendable {
  /// Sends `requests` as one pipeline ended by one sync and gives their results in order. Outside a transaction
  /// they are one implicit transaction: all of them take effect or none.
  ///
  /// Stores call ``execute(_:deadline:)`` instead.
  func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult]
}

extension PostgresExecutor {
  /// Runs a statement and returns its rows.
  ///
  /// - Parameter deadline: when to give up (``PostgresError/Code/deadlineExceeded``); the earlier of this and
  ///   ``PostgresDeadline/current`` counts.
  package func execute<S: PostgresStatement>(
    _ statement: S,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [S.Row] {
    let results = try await perform([try StatementRequest(statement)], deadline: deadline)
    return try results[0].rows(of: S.self)
  }

  /// Runs a statement that returns no rows.
  ///
  /// - Returns: the number of rows that it inserted, updated or deleted.
  @discardableResult
  package func execute<S: PostgresStatement>(
    _ statement: S,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> Int where S.Row == Never {
    try await perform([try StatementRequest(statement)], deadline: deadline)[0].affectedRows
  }

  /// Runs several statements in one round trip: one implicit transaction on the pool, so that all of them take
  /// effect or none, and a `set_config(…, true)` among them reaches the others and nobody else.
  @discardableResult
  package func execute<each S: PostgresStatement>(
    _ statement: repeat each S,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> (repeat [(each S).Row]) {
    var requests: [StatementRequest] = []
    for next in repeat each statement {
      requests.append(try StatementRequest(next))
    }
    var results = try await perform(requests, deadline: deadline)[...]
    return (repeat try results.removeFirst().rows(of: (each S).self))
  }
}
