import Metrics

extension PostgresPool {
  /// Runs `body` in a transaction and commits it; rolls back when `body` throws or the task is cancelled.
  ///
  /// `body` runs again from the start, up to the configured number of times, when the server reports a
  /// serialization failure or a deadlock (40001, 40P01) or the connection breaks before the commit was sent, so it must
  /// have no other effect than on the database. `BEGIN` travels with the first statement. The deadline becomes the
  /// transaction's `statement_timeout` as well.
  ///
  /// - Throws: what `body` throws; ``PostgresError`` for what the database does.
  @discardableResult
  package func withTransaction<Result: Sendable>(
    isolation: IsolationLevel = .readCommitted,
    readOnly: Bool = false,
    deadline: ContinuousClock.Instant? = nil,
    _ body: (PostgresTransaction) async throws -> Result
  ) async throws -> Result {
    let deadline = PostgresDeadline.effective(deadline)
    var backoff = Backoff(configuration.transactionBackoff)
    var attempt = 1
    while true {
      let connection = try await acquire(.exclusive, deadline: deadline)
      let transaction = PostgresTransaction(connection, deadline: deadline)
      do {
        defer { release(connection, .exclusive) }
        connection.post(.openTransaction(preamble: Self.preamble(isolation, readOnly, deadline)))
        return try await run(body, in: transaction)
      } catch  where transaction.mayRunAgain && attempt < configuration.transactionAttempts {
        attempt += 1
        metrics.transactionRetries.increment()
      }
      try await Task.sleep(for: backoff.next())
    }
  }

  private func run<Result: Sendable>(
    _ body: (PostgresTransaction) async throws -> Result,
    in transaction: PostgresTransaction
  ) async throws -> Result {
    let result: Result
    do {
      result = try await body(transaction)
      if Task.isCancelled { throw PostgresError(.cancelled) }
    } catch {
      await transaction.rollBack()
      throw error
    }
    try await transaction.commit()
    return result
  }

  private static func preamble(
    _ isolation: IsolationLevel,
    _ readOnly: Bool,
    _ deadline: ContinuousClock.Instant?
  ) -> [String] {
    var preamble = ["BEGIN ISOLATION LEVEL \(isolation.rawValue) \(readOnly ? "READ ONLY" : "READ WRITE")"]
    if let deadline {
      preamble.append("SET LOCAL statement_timeout = \((deadline - .now).wholeMilliseconds)")
    }
    return preamble
  }
}

extension PostgresPoolConfiguration {
  /// Conflicting transactions are to miss each other the next time, not to wait for long.
  fileprivate var transactionBackoff: Self {
    var copy = self
    copy.minimumBackoff = .milliseconds(2)
    copy.maximumBackoff = .milliseconds(100)
    return copy
  }
}
