import Postgres
import ServiceLifecycle

/// Asks the database for a sign of life, and whether the schema is what the service needs, and tells readiness.
struct DatabaseProbe: Service {
  private struct Ping: PostgresStatement {
    static let isReadOnly = true
    static let isBrief = true
    var sql: String { "SELECT 1" }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int32 { try row.decode() }
  }

  /// Between two questions when all was well.
  private static let interval: Duration = .seconds(5)
  /// Between two questions when it was not: a start, a restart or a migration should be noticed at once.
  private static let retry: Duration = .milliseconds(250)
  private static let patience: Duration = .seconds(2)

  private let pool: PostgresPool
  private let service: String
  private let schema: String
  private let migrations: [Migration]
  private let database: Readiness.Check
  private let schemaCheck: Readiness.Check

  init<Service: VigilService>(_ service: Service.Type, pool: PostgresPool, readiness: Readiness) {
    self.pool = pool
    self.service = service.name
    schema = service.schema
    migrations = service.migrations
    database = readiness.declare("database")
    schemaCheck = readiness.declare("schema")
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let isWell = await ask()
        try? await Task.sleep(for: isWell ? Self.interval : Self.retry)
      }
    }
  }

  private func ask() async -> Bool {
    do throws(PostgresError) {
      _ = try await pool.execute(Ping(), deadline: .now + Self.patience)
    } catch {
      // What the schema is like is not known better than before.
      database.set(.notReady("\(error)"))
      return false
    }
    database.set(.ready)
    let state = await lookAtSchema()
    schemaCheck.set(state)
    return state == .ready
  }

  private func lookAtSchema() async -> Readiness.State {
    do throws(PostgresError) {
      return readiness(
        of: try await SchemaState.read(
          of: schema, migrations: migrations, on: pool, deadline: .now + Self.patience))
    } catch {
      return .notReady("\(error)")
    }
  }

  private func readiness(of state: SchemaState) -> Readiness.State {
    switch state {
    case .current: .ready
    case .behind(let next): .notReady("migration \(next) is not applied to \(schema); run \(service) migrate")
    case .different(let error): .notReady("\(error)")
    }
  }
}
