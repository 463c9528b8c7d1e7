import AIP
import GRPCCore
import Postgres
import Synchronization

/// Page tokens sealed with the key that all instances of the service share, read from the database once.
final class PageTokens: Sendable {
  private let store: CaseStore
  private let sealer = Mutex<PageTokenSealer?>(nil)

  init(store: CaseStore) {
    self.store = store
  }

  /// The position where a page begins, nil for the first. Throws as ``PageTokenSealer/open(_:query:now:field:)``.
  func open(_ token: String, query: QueryDigest, now: Int64) async throws -> [UInt8]? {
    if token.isEmpty { return nil }
    return try await readySealer().open(token, query: query, now: now)
  }

  func seal(_ key: [UInt8], query: QueryDigest, now: Int64) async throws -> String {
    try await readySealer().seal(PageCursor(key: key, query: query), now: now)
  }

  // Two tasks may both read the key; it is the same.
  private func readySealer() async throws -> PageTokenSealer {
    if let ready = sealer.withLock({ $0 }) { return ready }
    guard let key = try await store.pageTokenKey(), let new = PageTokenSealer(key: key) else {
      throw ServiceError(.internalError, .internalFault, "the key of page tokens is missing")
    }
    sealer.withLock { $0 = new }
    return new
  }
}
