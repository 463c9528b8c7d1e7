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

  /// How many at a time, each lot in a transaction of its own: whoever needs one of them waits for no more, and whenever
  /// it is stopped, what is done is done and the rest is as it was.
  static let lot = 100

  /// - Returns: how many it has sealed anew.
  @discardableResult
  static func perform(_ vault: Vault, _ pool: PostgresPool) async throws -> [SecretTable: Int] {
    var counts: [SecretTable: Int] = [:]
    for table in SecretTable.allCases {
      var count: Int
      repeat {
        count = try await pool.withTransaction { try await performLot(of: table, vault, in: $0) }
        counts[table, default: 0] += count
      } while count == lot
    }
    return counts
  }

  private static func performLot(
    of table: SecretTable, _ vault: Vault, in transaction: PostgresTransaction
  ) async throws -> Int {
    let rows = try await transaction.execute(SelectUnsealed(table: table, mark: vault.mark, limit: lot))
    for row in rows {
      let place = try table.place(row.key)
      let secret = row.secret.count == table.size ? row.secret : try vault.open(row.secret, place)
      let update = UpdateSecret(table: table, key: row.key, sealed: try vault.seal(secret, place))
      _ = try await transaction.execute(update)
    }
    return rows.count
  }
}
