import Postgres
import ServiceLifecycle

/// Asks the database for a sign of life and tells readiness.
struct DatabaseProbe: Service {
  private struct Ping: PostgresStatement {
    static let isReadOnly = true
    static let isBrief = true
    var sql: String { "SELECT 1" }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int32 { try row.decode() }
  }

  /// Between two questions when the last was answered.
  private static let interval: Duration = .seconds(5)
  /// Between two questions when it was not: a start or a restart should be noticed at once.
  private static let retry: Duration = .milliseconds(250)

  let pool: PostgresPool
  let check: Readiness.Check

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let isAlive = await ask()
        try? await Task.sleep(for: isAlive ? Self.interval : Self.retry)
      }
    }
  }

  private func ask() async -> Bool {
    do {
      _ = try await pool.execute(Ping(), deadline: .now + .seconds(2))
      check.set(.ready)
      return true
    } catch {
      check.set(.notReady("\(error)"))
      return false
    }
  }
}
