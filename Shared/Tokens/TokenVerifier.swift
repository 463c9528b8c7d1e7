// Tokens: what an access token is and whether one is good. Values, one cache, no I/O. The gateway and every service check
// the tokens that come to them by ``TokenVerifier``; only access control makes any. May import AIP, Identity, Policy (the
// snapshot in which the keys travel) and Crypto.

import AIP
import Crypto
import FoundationEssentials
package import Identity
package import Policy
import Synchronization

/// Checks access tokens. Never waits: what it needs to know is told to it, and past a bound of age nothing is good.
package final class TokenVerifier: TokenKeys {
  /// Clocks differ by as much between whoever makes a token and whoever checks it.
  static let tolerance: Int64 = 5

  private struct State {
    var trust: TokenTrust?
    var keys: [String: Curve25519.Signing.PublicKey] = [:]
    var ended: Set<RecordID> = []
    var cache: TokenCache
  }

  private let issuer: TokenIssuer
  private let boundInSeconds: Int64
  private let clock: @Sendable () -> PolicyTime
  private let state: Mutex<State>

  /// - Parameters:
  ///   - boundInSeconds: how long it goes by what it was told last.
  ///   - capacity: how many tokens it remembers, twice.
  package init(
    _ issuer: TokenIssuer = .register, boundInSeconds: Int64 = 30, capacity: Int = 8192,
    clock: @escaping @Sendable () -> PolicyTime = TokenVerifier.systemTime
  ) {
    self.issuer = issuer
    self.boundInSeconds = boundInSeconds
    self.clock = clock
    state = Mutex(State(cache: TokenCache(capacity: capacity)))
  }

  package static let systemTime: @Sendable () -> PolicyTime = {
    PolicyTime(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
  }

  package func take(_ trust: TokenTrust) {
    state.withLock { state in
      guard state.trust.map({ $0.issuedAt <= trust.issuedAt }) ?? true else { return }
      state.ended = Set(trust.endedSessions.map(\.id))
      if state.trust?.keys != trust.keys {
        // An id may stand for another key now.
        state.cache = TokenCache(capacity: state.cache.capacity)
        state.keys = [:]
        for key in trust.keys {
          state.keys[key.id] = try? Curve25519.Signing.PublicKey(rawRepresentation: key.publicKey)
        }
      }
      state.trust = trust
    }
  }

  /// Whom a token speaks for.
  package func verify(_ token: String) throws(TokenRefusal) -> TokenIdentity {
    let now = clock()
    let known = try state.withLock { state throws(TokenRefusal) in
      try isFresh(state.trust, at: now)
      let entry = state.cache.find(token)
      return (
        identity: try entry.map { entry throws(TokenRefusal) in try Self.judge(entry, state, at: now) },
        keys: state.keys
      )
    }
    if let identity = known.identity { return identity }
    let entry = try check(token, known.keys)
    // What was said in between counts.
    return try state.withLock { state throws(TokenRefusal) in
      let identity = try Self.judge(entry, state, at: now)
      state.cache.insert(entry, for: token)
      return identity
    }
  }

  private func isFresh(_ trust: TokenTrust?, at now: PolicyTime) throws(TokenRefusal) {
    guard let trust, now < trust.issuedAt.advanced(bySeconds: boundInSeconds),
      trust.issuedAt < now.advanced(bySeconds: boundInSeconds)
    else { throw .noKeys }
  }

  private static func judge(
    _ entry: TokenCache.Entry, _ state: State, at now: PolicyTime
  ) throws(TokenRefusal) -> TokenIdentity {
    let seconds = now.microseconds / 1_000_000
    guard state.keys[entry.keyID] != nil else { throw .unknownKey }
    guard entry.begin <= seconds + tolerance else { throw .notYetValid }
    guard seconds < entry.end else { throw .expired }
    guard !state.ended.contains(entry.identity.session) else { throw .ended }
    return entry.identity
  }

  /// Everything about it that does not change with time.
  private func check(
    _ token: String, _ keys: [String: Curve25519.Signing.PublicKey]
  ) throws(TokenRefusal) -> TokenCache.Entry {
    guard let token = SignedToken(token) else { throw .malformed }
    guard let key = keys[token.keyID] else { throw .unknownKey }
    guard token.isSigned(by: key) else { throw .forged }
    guard let claims = token.claims, let principal = RecordID(claims.sub), let session = RecordID(claims.sid) else {
      throw .malformed
    }
    guard claims.iss == issuer.issuer, claims.aud == issuer.audience else { throw .foreign }
    return TokenCache.Entry(
      identity: TokenIdentity(principal: principal, session: session, roles: claims.roles), keyID: token.keyID,
      begin: claims.nbf, end: claims.exp)
  }
}

extension TokenVerifier {
  /// Whom the fields `authorization` of a call speak for (RFC 6750); nil when there is none.
  package func identity(authorization fields: some Sequence<String>) throws(TokenRefusal) -> TokenIdentity? {
    var fields = fields.makeIterator()
    guard let field = fields.next() else { return nil }
    guard fields.next() == nil, let token = Self.bearer(field) else { throw .notBearer }
    return try verify(token)
  }

  private static func bearer(_ field: String) -> String? {
    let words = field.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "bearer", !words[1].contains(" ") else { return nil }
    return String(words[1])
  }
}
