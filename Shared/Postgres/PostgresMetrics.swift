import Metrics
import Synchronization

/// What a pool tells swift-metrics. Statements appear by their names, never by their text.
///
/// - `postgres_statement_duration_seconds` (timer; `pool`, `statement`): on the connection, from submission to result; of
///   statements that are sent together under the name of the last, for which the others prepare
/// - `postgres_connections` (gauge; `pool`, `state` = `open`, `leased`)
/// - `postgres_in_flight` (gauge; `pool`): statements sent and not answered
/// - `postgres_waits_total` (counter; `pool`) and `postgres_wait_duration_seconds` (timer): callers that had to wait
///   for a connection
/// - `postgres_connection_failures_total` (counter; `pool`): failed attempts to connect and lost connections
/// - `postgres_transaction_retries_total` (counter; `pool`)
final class PostgresMetrics: Sendable {
  private let pool: String
  private let factory: any MetricsFactory
  private let statements = Mutex<[ObjectIdentifier: Metrics.Timer]>([:])
  let open: Gauge
  let leased: Gauge
  let inFlight: Gauge
  let waits: Counter
  let waitDuration: Metrics.Timer
  let failures: Counter
  let transactionRetries: Counter

  init(pool: String, factory: any MetricsFactory) {
    self.pool = pool
    self.factory = factory
    let dimensions = [("pool", pool)]
    open = Gauge(label: "postgres_connections", dimensions: dimensions + [("state", "open")], factory: factory)
    leased = Gauge(label: "postgres_connections", dimensions: dimensions + [("state", "leased")], factory: factory)
    inFlight = Gauge(label: "postgres_in_flight", dimensions: dimensions, factory: factory)
    waits = Counter(label: "postgres_waits_total", dimensions: dimensions, factory: factory)
    waitDuration = Metrics.Timer(label: "postgres_wait_duration_seconds", dimensions: dimensions, factory: factory)
    failures = Counter(label: "postgres_connection_failures_total", dimensions: dimensions, factory: factory)
    transactionRetries = Counter(
      label: "postgres_transaction_retries_total", dimensions: dimensions, factory: factory)
  }

  func record(_ request: PendingRequest) {
    guard let statement = request.statements.last else { return }
    timer(for: statement.type).record(duration: .now - request.start)
  }

  private func timer(for statement: any PostgresStatement.Type) -> Metrics.Timer {
    statements.withLock { timers in
      if let timer = timers[ObjectIdentifier(statement)] { return timer }
      let timer = Metrics.Timer(
        label: "postgres_statement_duration_seconds",
        dimensions: [("pool", pool), ("statement", statement.name)],
        factory: factory)
      timers[ObjectIdentifier(statement)] = timer
      return timer
    }
  }
}
