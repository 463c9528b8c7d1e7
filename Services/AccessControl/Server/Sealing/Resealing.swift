import Logging
import Postgres
import Records
import Sealing
import ServiceLifecycle

/// Seals at the start what is not sealed yet, as the migrations left it, or with another key than the present one. Run
/// beside the server; until it is done whoever needs a secret fails, and tries again.
struct Resealing: Service {
  let vault: Vault
  let pool: PostgresPool
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await Self.perform(vault, pool)
          return
        } catch is CancellationError {
        } catch {
          logger.warning("secrets cannot be sealed", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    // A service that ends would end the process.
    try? await gracefulShutdown()
  }

  /// In one transaction: all of it, or nothing.
  static func perform(_ vault: Vault, _ pool: PostgresPool) async throws {
    try await pool.withTransaction { transaction in
      for table in SecretTable.allCases {
        for row in try await transaction.execute(SelectUnsealed(table: table, mark: vault.mark)) {
          let place = try table.place(row.key)
          let secret = row.secret.count == table.size ? row.secret : try vault.open(row.secret, place)
          let update = UpdateSecret(table: table, key: row.key, sealed: try vault.seal(secret, place))
          _ = try await transaction.execute(update)
        }
      }
    }
  }
}
