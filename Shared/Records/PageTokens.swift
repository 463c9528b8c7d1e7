package import AIP
import GRPCCore
package import Postgres
import Synchronization

/// Page tokens sealed with the key that all instances of the service share, read from the database once.
package final class PageTokens: Sendable {
  private let pool: PostgresPool
  private let lifetime: Duration
  private let sealer = Mutex<PageTokenSealer?>(nil)

  /// - Parameters:
  ///   - pool: over a schema whose `service_keys` has a key `page_tokens`.
  ///   - lifetime: for how long a token is good.
  package init(pool: PostgresPool, lifetime: Duration = .seconds(24 * 60 * 60)) {
    self.pool = pool
    self.lifetime = lifetime
  }

  /// The position where a page begins, nil for the first. Throws as ``PageTokenSealer/open(_:query:now:field:)``.
  package func open(
    _ token: String, query: QueryDigest, now: Int64, field: String = "page_token"
  ) async throws -> [UInt8]? {
    if token.isEmpty { return nil }
    return try await readySealer().open(token, query: query, now: now, field: field)
  }

  package func seal(_ key: [UInt8], query: QueryDigest, now: Int64) async throws -> String {
    try await readySealer().seal(PageCursor(key: key, query: query), now: now)
  }

  // Two tasks may both read the key; it is the same.
  private func readySealer() async throws -> PageTokenSealer {
    if let ready = sealer.withLock({ $0 }) { return ready }
    guard let key = try await pool.execute(SelectServiceKey(name: "page_tokens")).first,
      let new = PageTokenSealer(key: key, lifetime: lifetime)
    else { throw ServiceError(.internalError, .internalFault, "the key of page tokens is missing") }
    sealer.withLock { $0 = new }
    return new
  }
}
