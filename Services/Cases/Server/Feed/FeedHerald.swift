import Logging
import Postgres
import ServiceLifecycle

/// Tells every instance of the service that there are changes.
///
/// Not from the transactions that make them: PostgreSQL lets only one that notifies commit at a time, to the end of its
/// write to disk. One that is missed costs its readers an interval, and no change.
///
/// Run once, beside the server.
struct FeedHerald: Service {
  private let pool: PostgresPool
  private let logger: Logger
  private let changes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

  init(pool: PostgresPool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  /// To be called when changes are committed.
  func tell() { changes.continuation.yield() }

  func run() async throws {
    for await _ in changes.stream.cancelOnGracefulShutdown() {
      do {
        _ = try await pool.execute(NotifyChanges(), deadline: .now + .seconds(5))
      } catch {
        if !Task.isCancelled { logger.warning("changes cannot be told of", metadata: ["error": "\(error)"]) }
      }
    }
  }
}
