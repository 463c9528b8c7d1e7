import AIP
import Crypto
import GRPCCore
import Postgres
import Records
import Synchronization

/// A key that all instances share; read from the database once.
final class ServiceKey: Sendable {
  private let pool: PostgresPool
  private let name: String
  private let key = Mutex<SymmetricKey?>(nil)

  private init(_ name: String, _ pool: PostgresPool) {
    self.name = name
    self.pool = pool
  }

  /// With which names are made that stand for persons.
  static func pseudonyms(pool: PostgresPool) -> ServiceKey { ServiceKey("pseudonyms", pool) }

  /// With which what is disclosed is marked as its recipient's.
  static func watermarks(pool: PostgresPool) -> ServiceKey { ServiceKey("watermarks", pool) }

  // Two tasks may both read the key; it is the same.
  func ready() async throws -> SymmetricKey {
    if let ready = key.withLock({ $0 }) { return ready }
    guard let bytes = try await pool.execute(SelectServiceKey(name: name)).first, bytes.count == 32 else {
      throw ServiceError(.internalError, .internalFault, "a key of the service is missing")
    }
    let new = SymmetricKey(data: bytes)
    key.withLock { $0 = new }
    return new
  }
}
