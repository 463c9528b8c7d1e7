import AIP
import Crypto
import GRPCCore
import Postgres
import Records
import Synchronization

/// The key of pseudonyms, which all instances share; read from the database once.
final class PseudonymKey: Sendable {
  private let pool: PostgresPool
  private let key = Mutex<SymmetricKey?>(nil)

  init(pool: PostgresPool) {
    self.pool = pool
  }

  // Two tasks may both read the key; it is the same.
  func ready() async throws -> SymmetricKey {
    if let ready = key.withLock({ $0 }) { return ready }
    guard let bytes = try await pool.execute(SelectServiceKey(name: "pseudonyms")).first, bytes.count == 32 else {
      throw ServiceError(.internalError, .internalFault, "the key of pseudonyms is missing")
    }
    let new = SymmetricKey(data: bytes)
    key.withLock { $0 = new }
    return new
  }
}
