import Logging
@testable import Postgres
import Telemetry
import TestSupport
import Testing

/// What a pool tells of itself, over a real server.
@Suite(.timeLimit(.minutes(1))) struct MetricsTests {
  private let metrics = PrometheusRegistry()

  private func withPool(
    _ name: String,
    connections: Int = 2,
    _ body: (PostgresPool, TestDatabase) async throws -> Void
  ) async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    var configuration = PostgresPoolConfiguration(url: database.url)
    configuration.maximumConnections = connections
    configuration.minimumConnections = connections
    configuration.healthCheckInterval = .milliseconds(10)
    configuration.connectionWait = .milliseconds(10)
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let pool = PostgresPool(configuration, name: name, logger: quiet, metricsFactory: metrics)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      defer { group.cancelAll() }
      await line("postgres_connections{pool=\"\(name)\",state=\"open\"} \(connections)")
      try await body(pool, database)
    }
  }

  /// Waits until the line stands in the exposition; gauges are refreshed by the pool's own round.
  private func line(_ line: String) async {
    while !metrics.exposition().contains(line + "\n") { await Task.yield() }
  }

  @Test func statementsAreTimedByNameAndNeverByValue() async throws {
    try await withPool("register") { pool, _ in
      for value in ["hush", "hush hush"] { _ = try await pool.execute(Echo(value: value, cast: "::text")) }
      await #expect(throws: PostgresError.self) { try await pool.execute(Command("SELECT $1::int", "hush")) }
      let text = metrics.exposition()
      let label = "{pool=\"register\",statement=\"Echo<String>\"}"
      #expect(text.contains("postgres_statement_duration_seconds_count\(label) 2\n"), "\(text)")
      #expect(text.contains("{pool=\"register\",statement=\"Command\"} 1\n"), "\(text)")
      #expect(!text.contains("hush") && !text.contains("SELECT"))
    }
  }

  @Test func connectionsAndThoseInUseAreShown() async throws {
    try await withPool("register") { pool, _ in
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute(Read(1))
        await line("postgres_connections{pool=\"register\",state=\"leased\"} 1")
        await line("postgres_in_flight{pool=\"register\"} 1")
      }
      await line("postgres_connections{pool=\"register\",state=\"leased\"} 0")
    }
  }

  @Test func waitsAndLostConnectionsAreCounted() async throws {
    try await withPool("register", connections: 1) { pool, database in
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute(Read(1))
        let error = await #expect(throws: PostgresError.self) { try await pool.execute(Read(2)) }
        #expect(error?.code == .deadlineExceeded)
      }
      let text = metrics.exposition()
      #expect(text.contains("postgres_waits_total{pool=\"register\"} 1\n"), "\(text)")
      #expect(text.contains("postgres_wait_duration_seconds_count{pool=\"register\"} 1\n"), "\(text)")
      try await database.run(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
      )
      await line("postgres_connection_failures_total{pool=\"register\"} 1")
    }
  }
}
