package import Logging
import Metrics
package import Postgres
import ServiceLifecycle

/// Brings records from the service's outbox to the log: in order, without a gap, each once, whatever stops in between.
///
/// The order is fixed by the table, so a batch that was sent and not noted as taken is sent again with the same
/// numbers, and the log passes over what it has. Run by every instance of the service; one at a time works.
package struct AuditRelay: Service {
  /// The most records of one batch, and bytes after which it is not made longer.
  package static let limit = 4000
  private static let byteLimit = 1 << 20

  private let pool: PostgresPool
  private let log: any AuditCollector
  private let interval: Duration
  private let logger: Logger
  private let relayed = Counter(label: "audit_records_relayed")
  private let failures = Counter(label: "audit_relay_failures")

  /// - Parameter interval: between two looks at a table that had nothing more. A batch costs both databases a commit and the
  ///   log a signature, however few its records: those of an interval go together.
  package init(
    pool: PostgresPool, log: any AuditCollector, interval: Duration = .milliseconds(250), logger: Logger
  ) {
    self.pool = pool
    self.log = log
    self.interval = interval
    self.logger = logger
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if await !relayOrLog() { try? await Task.sleep(for: interval) }
      }
    }
  }

  /// - Returns: whether there are more at once.
  private func relayOrLog() async -> Bool {
    do {
      return try await relayBatch().isMore
    } catch is CancellationError {
    } catch {
      failures.increment()
      // Nothing is lost: it is tried again.
      if !Task.isCancelled { logger.warning("audit records cannot be relayed", metadata: ["error": "\(error)"]) }
    }
    return false
  }

  /// Relays the next batch.
  ///
  /// - Returns: how many records the log has taken.
  package func relay() async throws -> Int { try await relayBatch().count }

  private func relayBatch() async throws -> (count: Int, isMore: Bool) {
    let done = try await pool.withTransaction { transaction in
      guard try await transaction.execute(LockOutbox()).first == true else { return (count: 0, isMore: false) }
      let (cursors, rows) = try await transaction.execute(SelectCursor(), SelectOutbox(limit: Self.limit))
      guard let cursor = cursors.first, !rows.isEmpty else { return (0, false) }
      let count = try await send(Self.batch(rows), after: cursor, transaction)
      return (count, count < rows.count || rows.count == Self.limit)
    }
    relayed.increment(by: done.count)
    return done
  }

  private func send(
    _ rows: ArraySlice<SelectOutbox.Row>, after cursor: SelectCursor.Row, _ transaction: PostgresTransaction
  ) async throws -> Int {
    let first = UInt64(clamping: cursor.taken)
    let next = try await log.collect(rows.map(\.record), from: first)
    guard next > first else { throw AuditRelayError(first: first, wanted: next) }
    let count = Int(min(next - first, UInt64(rows.count)))
    let last = rows[rows.startIndex + count - 1].place
    try await transaction.execute(
      UpdateCursor(count: count, place: last), DeleteTaken(after: cursor.place, place: last))
    return count
  }

  /// The rows that are one call.
  private static func batch(_ rows: [SelectOutbox.Row]) -> ArraySlice<SelectOutbox.Row> {
    var bytes = 0
    let end = rows.firstIndex { row in
      bytes += row.record.count
      return bytes > byteLimit
    }
    return rows.prefix(max(1, end ?? rows.count))
  }
}

/// The log wants records that it has said to have taken: it was put back to an earlier state.
struct AuditRelayError: Error, CustomStringConvertible {
  var first: UInt64
  var wanted: UInt64

  var description: String { "the log wants record \(wanted), and those before \(first) are gone" }
}
