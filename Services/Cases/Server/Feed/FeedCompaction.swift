import Logging
import Postgres
import ServiceLifecycle

/// Drops what the feed need not keep: of changes that are old enough all but creations, from which whoever begins learns
/// of a case as it is. First the horizon moves, so that nobody goes on from where something is missing.
///
/// Run by every instance; one at a time works.
struct FeedCompaction: Service {
  /// The most rows of one transaction: a longer one would hold the feed up.
  private static let batch: Int64 = 5000
  private static let interval: Duration = .seconds(3600)

  let pool: PostgresPool
  let retention: Duration
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await compact()
        } catch {
          if !Task.isCancelled { logger.warning("the feed cannot be compacted", metadata: ["error": "\(error)"]) }
        }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  func compact() async throws {
    guard try await step({ try await $0.execute(MoveHorizon(retention: retention.components.seconds)) }) != nil else {
      return
    }
    while let dropped = try await step(drop), dropped > 0 {}
    _ = try await step { try await $0.execute(NoteSwept()) }
  }

  private func drop(in transaction: PostgresTransaction) async throws -> Int {
    guard let range = try await transaction.execute(SelectUnswept()).first else { return 0 }
    return try await transaction.execute(DropCompacted(range: range, limit: Self.batch))
  }

  /// A transaction of its own; nil when another instance is at it.
  private func step(_ body: (PostgresTransaction) async throws -> Int) async throws -> Int? {
    try await pool.withTransaction { transaction in
      let (_, locks) = try await transaction.execute(SetScope(scope: .everything), LockFeed())
      return locks == [true] ? try await body(transaction) : nil
    }
  }
}
