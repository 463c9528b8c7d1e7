import Logging
import NotificationsServer
import Postgres
import Telemetry
import TestSupport
import Testing

@testable import ServiceRuntime

/// Readiness over a real database.
@Suite("The database's part in readiness")
struct DatabaseProbeTests {
  private let readiness = Readiness()
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// What /readyz answers when it next is what `isWanted` asks for.
  private func answer(where isWanted: (AdminRoutes.Response) -> Bool) async -> AdminRoutes.Response {
    let routes = AdminRoutes(readiness: readiness, metrics: PrometheusRegistry())
    while true {
      let answer = routes.respond(method: "GET", target: "/readyz")
      if isWanted(answer) { return answer }
      await Task.yield()
    }
  }

  private func withProbe(role: String, of database: TestDatabase, _ body: () async throws -> Void) async throws {
    try await database.withPool(role: role) { pool in
      let probe = DatabaseProbe(NotificationsServer.self, pool: pool, readiness: readiness)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await probe.run() }
        defer { group.cancelAll() }
        try await body()
      }
    }
  }

  private func migrate(_ database: TestDatabase, role: String, _ migrations: [Migration]) async throws {
    let migrator = PostgresMigrator(
      url: database.url(role: role), schema: "notifications", migrations: migrations, logger: logger)
    try await migrator.migrate()
  }

  @Test("a schema that is not migrated is told, and noticed when it is", .timeLimit(.minutes(1)))
  func migrated() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "notifications")
    try await withProbe(role: role, of: database) {
      let before = await answer { $0.body.contains("[+] database") && !$0.body.contains("schema starting") }
      #expect(before.status == 503)
      #expect(
        before.body == """
          [+] database ok
          [-] schema migration 0001_create_service_info is not applied to notifications; \
          run vigil-notifications migrate
          not ready

          """)
      try await migrate(database, role: role, NotificationsServer.migrations)
      #expect(await answer { $0.status == 200 }.body == "[+] database ok\n[+] schema ok\nready\n")
    }
  }

  @Test("a schema made by other migrations is not the service's", .timeLimit(.minutes(1)))
  func different() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "notifications")
    try await migrate(database, role: role, [Migration(1, "other", "CREATE TABLE other ()")])
    try await withProbe(role: role, of: database) {
      let answer = await answer { $0.body.contains("was changed") }
      #expect(answer.status == 503)
    }
  }
}
