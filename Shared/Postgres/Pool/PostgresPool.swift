package import Logging
import ServiceLifecycle

/// A bounded set of connections to one database.
///
/// Statements run outside of a transaction share connections: each is pipelined behind the others and closed by
/// its own sync, so that one's failure is not another's. A transaction has a connection to itself.
package final class PostgresPool: Service, PostgresExecutor {
  package init(_ configuration: PostgresPoolConfiguration, logger: Logger) {
  }

  /// Opens the connections and keeps them until graceful shutdown or cancellation. Run it once.
  package func run() async throws {
  }

  package func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult] {
    throw PostgresError(.notRunning)
  }

  /// Runs `body` in a transaction and commits it; rolls back when `body` throws or the task is cancelled.
  ///
  /// `body` runs again from the start, up to the configured number of times, when the server reports a
  /// serialization failure or a deadlock (40001, 40P01), so it must have no other effect than on the database.
  package func withTransaction<Result: Sendable>(
    isolation: IsolationLevel = .readCommitted,
    readOnly: Bool = false,
    deadline: ContinuousClock.Instant? = nil,
    _ body: (PostgresTransaction) async throws -> Result
  ) async throws -> Result {
    throw PostgresError(.notRunning)
  }

  /// What is notified on `channel`, from now on.
  package func listen(to channel: String) -> PostgresNotifications {
    PostgresNotifications(AsyncStream { $0.finish() })
  }
}
