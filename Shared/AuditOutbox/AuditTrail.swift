import AIP
package import Audit
import GRPCCore
package import Postgres
import ServiceLifecycle
import Synchronization

/// Records what has no transaction of its own: reads. Those that arrive while others are being written are written
/// together by the next statement, so that a busy service pays for few commits.
///
/// Run once, beside the server.
package final class AuditTrail: Service {
  private struct Waiting {
    var records: [[UInt8]]
    var waiter: CheckedContinuation<Result<Void, any Error>, Never>
  }

  private struct State {
    var waiting: [Waiting] = []
    var hasEnded = false
  }

  /// The most callers of one statement.
  private static let most = 1000
  /// How long a caller waits for the database.
  private static let patience: Duration = .seconds(5)

  private let pool: PostgresPool
  private let state = Mutex(State())
  private let arrivals = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

  package init(pool: PostgresPool) { self.pool = pool }

  /// Returns when the record is durable: only then may the answer leave that shows what it records.
  ///
  /// - Throws: as ``record(_:)-([AuditRecord])``.
  package func record(_ record: AuditRecord) async throws { try await self.record([record]) }

  /// Returns when the records are durable, all of them: only then may the answer leave that shows what they record.
  ///
  /// - Throws: ``PostgresError``, or UNAVAILABLE while the process stops; what was to be shown must not be shown then.
  package func record(_ records: [AuditRecord]) async throws {
    let bytes = records.map(\.encoded)
    let result = await withCheckedContinuation { waiter in
      let isTaken = state.withLock { state in
        if !state.hasEnded { state.waiting.append(Waiting(records: bytes, waiter: waiter)) }
        return !state.hasEnded
      }
      guard isTaken else { return waiter.resume(returning: .failure(Self.ended)) }
      arrivals.continuation.yield()
    }
    try result.get()
  }

  package func run() async throws {
    for await _ in arrivals.stream.cancelOnGracefulShutdown() {
      while let batch = next() { await write(batch) }
    }
    let left = state.withLock { state in
      state.hasEnded = true
      defer { state.waiting.removeAll() }
      return state.waiting
    }
    for waiting in left { waiting.waiter.resume(returning: .failure(Self.ended)) }
  }

  private func next() -> [Waiting]? {
    state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.most))
      state.waiting.removeFirst(batch.count)
      return batch.isEmpty ? nil : batch
    }
  }

  private func write(_ batch: [Waiting]) async {
    let result: Result<Void, any Error>
    do throws(PostgresError) {
      try await pool.execute(InsertAuditRecords(encoded: batch.flatMap(\.records)), deadline: .now + Self.patience)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    for waiting in batch { waiting.waiter.resume(returning: result) }
  }

  private static let ended = ServiceError(.unavailable, .shuttingDown, "the process is shutting down")
}
