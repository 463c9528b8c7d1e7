import Logging
import Postgres
package import ServiceLifecycle

extension VigilService {
  package static func assemble(_ runtime: ProcessRuntime) async throws -> [any Service] {
    let pool = PostgresPool(databaseConfiguration(runtime.settings), logger: runtime.logger)
    let security = try GRPCListener.Security(runtime)
    let parts = try await makeParts(ServiceResources(runtime: runtime, pool: pool))
    let probe = DatabaseProbe(Self.self, pool: pool, readiness: runtime.readiness)
    let server = try GRPCListener(runtime: runtime, security: security, parts: parts)
    return [pool, probe] + security.services + parts.background + [server]
  }

  static func databaseConfiguration(_ settings: Settings) -> PostgresPoolConfiguration {
    var database = PostgresPoolConfiguration(url: settings[DatabaseSettings.url])
    database.maximumConnections = settings[DatabaseSettings.connections]
    database.statementTimeout = settings[DatabaseSettings.statementTimeout]
    database.applicationName = name
    return database
  }
}
