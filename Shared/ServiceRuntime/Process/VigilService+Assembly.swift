import Postgres
package import ServiceLifecycle

extension VigilService {
  package static func assemble(_ runtime: ProcessRuntime) async throws -> [any Service] {
    var database = PostgresPoolConfiguration(url: runtime.settings[DatabaseSettings.url])
    database.maximumConnections = runtime.settings[DatabaseSettings.connections]
    database.statementTimeout = runtime.settings[DatabaseSettings.statementTimeout]
    database.applicationName = name
    let pool = PostgresPool(database, logger: runtime.logger)
    let parts = try await makeParts(ServiceResources(runtime: runtime, pool: pool))
    return [pool] + parts.background
  }
}
