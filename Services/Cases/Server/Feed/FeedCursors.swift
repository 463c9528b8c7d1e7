import AIP
import Authorization
import Policy
import Postgres
import Records

/// Cursors as consumers have them: sealed, each for one principal. They are good for as long as changes are kept, which
/// their own age does not tell.
struct FeedCursors: Sendable {
  /// They live for longer than any retention.
  private let tokens: PageTokens

  init(pool: PostgresPool) { tokens = PageTokens(pool: pool, lifetime: .seconds(100 * 366 * 24 * 3600)) }

  /// Nil for none.
  ///
  /// - Throws: INVALID_ARGUMENT: INVALID_PAGE_TOKEN, or PAGE_TOKEN_MISMATCH for another's.
  func open(_ text: String, of requester: Requester, field: String) async throws -> FeedCursor? {
    let bytes = try await tokens.open(text, query: Self.digest(requester), now: WallClock.system.seconds, field: field)
    guard let bytes else { return nil }
    guard let cursor = FeedCursor(bytes: bytes) else {
      throw ServiceError.invalid(field, "is not a cursor of this feed", reason: .invalidPageToken)
    }
    return cursor
  }

  func seal(_ cursor: FeedCursor, for requester: Requester) async throws -> String {
    try await tokens.seal(cursor.bytes, query: Self.digest(requester), now: WallClock.system.seconds)
  }

  private static func digest(_ requester: Requester) -> QueryDigest {
    QueryDigest("vigil.feed.v1.FeedService", requester.principal.description)
  }
}
