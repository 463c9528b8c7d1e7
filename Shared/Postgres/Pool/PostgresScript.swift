import Logging

/// SQL for the administration of a database (roles, databases, schemas), run on a connection of its own.
package enum PostgresScript {
  /// Runs `sql`, any number of statements, with the simple protocol: one implicit transaction unless it says otherwise,
  /// so that what cannot run in a transaction (`CREATE DATABASE`) has to come alone.
  package static func run(_ sql: String, url: String) async throws(PostgresError) {
    let pool = PostgresPool(PostgresPoolConfiguration(url: url), name: "script", logger: Logger(label: "postgres"))
    let connection = try await pool.connect(observer: PostgresConnection.Observer())
    defer { connection.close() }
    _ = try await connection.submit(.script(sql))
  }
}
