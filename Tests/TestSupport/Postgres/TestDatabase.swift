import Logging
package import Postgres

/// A database of its own in a ``TestPostgres`` cluster.
package struct TestDatabase: Sendable {
  package let cluster: TestPostgres
  package let name: String

  /// As the superuser, over the Unix socket.
  package var url: String { cluster.url(database: name) }

  /// As the superuser, over loopback TCP, as a URI.
  package var tcpURL: String { cluster.tcpURL(database: name) }

  /// As the superuser, over TLS; the server is verified against the certificate file `authority`, by default the right
  /// one.
  package func tlsURL(authority: String? = nil) -> String { cluster.tlsURL(database: name, authority: authority) }

  /// As a role made by ``makeRole(schema:)``.
  package func url(role: String) -> String { cluster.url(database: name, user: role) }

  /// Makes a login role that owns `schema`, with the search path pinned to it, as a service has it.
  ///
  /// - Returns: the role's name, which is unique in the cluster.
  package func makeRole(schema: String) async throws -> String {
    let role = "vigil_\(schema)_\(name)"
    try await PostgresScript.run(
      """
      CREATE ROLE \(role) LOGIN;
      CREATE SCHEMA \(schema) AUTHORIZATION \(role);
      ALTER ROLE \(role) IN DATABASE \(name) SET search_path TO \(schema)
      """, url: url)
    return role
  }

  /// Runs SQL text as the superuser.
  package func run(_ sql: String) async throws {
    try await PostgresScript.run(sql, url: url)
  }

  /// Runs `body` with a pool on this database, which is shut down afterwards.
  package func withPool<Result: Sendable>(
    role: String? = nil,
    configure: (inout PostgresPoolConfiguration) -> Void = { _ in },
    _ body: (PostgresPool) async throws -> Result
  ) async throws -> Result {
    try await withPool(url: role.map(url(role:)) ?? url, configure: configure, body)
  }

  /// Runs `body` with a pool on this database, reached by `url`.
  package func withPool<Result: Sendable>(
    url: String,
    configure: (inout PostgresPoolConfiguration) -> Void = { _ in },
    _ body: (PostgresPool) async throws -> Result
  ) async throws -> Result {
    var configuration = PostgresPoolConfiguration(url: url)
    configure(&configuration)
    let pool = PostgresPool(configuration, logger: Logger(label: "test.postgres") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      defer { group.cancelAll() }
      return try await body(pool)
    }
  }
}
