import AIP
import GRPCCore
import Identity
import Policy
import Synchronization
import TestSupport
import Testing

@testable import Tokens

/// A clock that stands until it is told.
final class StillClock: Sendable {
  private let seconds = Mutex<Int64>(1_700_000_000)
  var now: Int64 { seconds.withLock { $0 } }
  var time: PolicyTime { PolicyTime(microseconds: now * 1_000_000) }
  func advance(_ by: Int64) { seconds.withLock { $0 += by } }
}

@Suite("Access tokens")
struct TokenVerifierTests {
  let clock = StillClock()
  let tokens: TestTokens
  let verifier: TokenVerifier

  init() throws {
    tokens = try TestTokens()
    verifier = TokenVerifier(clock: { [clock] in clock.time })
    verifier.take(tokens.trust(at: clock.time))
  }

  private func refusal(_ token: String) -> TokenRefusal? {
    do throws(TokenRefusal) {
      _ = try verifier.verify(token)
      return nil
    } catch {
      return error
    }
  }

  private var claims: AccessClaims { TestTokens.claims(at: clock.now) }

  @Test("name the principal and the session")
  func good() throws {
    let identity = try verifier.verify(tokens.token(claims))
    #expect(identity == TokenIdentity(principal: TestTokens.principal, session: TestTokens.session))
  }

  @Test("without a signature are refused, whatever algorithm they claim")
  func none() {
    let payload = TestTokens.json(claims)
    for algorithm in ["none", "None", "NONE", "", "HS256", "ES256", "RS256"] {
      let header = #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(tokens.key.id)"}"#
      let unsigned = TestTokens.unsigned(header: header, payload: payload)
      #expect(refusal(unsigned + ".") == .malformed, "\(algorithm)")
      #expect(refusal(tokens.token(header: header, payload: payload)) == .malformed, "\(algorithm), signed")
    }
    #expect(refusal(TestTokens.unsigned(header: tokens.header, payload: payload) + ".") == .forged)
  }

  @Test(
    "bring no key and point to none",
    arguments: [
      #""jwk":{"kty":"OKP"}"#, #""jku":"https://evil.example/keys""#, #""x5u":"https://evil.example""#,
      #""x5c":["MII"]"#, #""crit":["exp"]"#, #""b64":false"#, #""zip":"DEF""#,
    ])
  func broughtKeys(member: String) {
    let header = #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(tokens.key.id)",\#(member)}"#
    #expect(refusal(tokens.token(header: header, payload: TestTokens.json(claims))) == .malformed)
  }

  @Test(
    "name a key that is known, by its whole name",
    arguments: ["other", "", "../../etc/passwd", "0123456789abcdef' OR '1'='1", "0123456789ABCDEF"])
  func unknownKey(name: String) throws {
    let header = #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(name)"}"#
    #expect(refusal(tokens.token(header: header, payload: TestTokens.json(claims))) == .unknownKey)
  }

  @Test("with another type of the same issuer are refused")
  func otherType() {
    for type in ["JWT", "id+jwt", "AT+JWT", "at+jwt "] {
      let header = #"{"alg":"EdDSA","typ":"\#(type)","kid":"\#(tokens.key.id)"}"#
      #expect(refusal(tokens.token(header: header, payload: TestTokens.json(claims))) == .malformed)
    }
    let untyped = #"{"alg":"EdDSA","kid":"\#(tokens.key.id)"}"#
    #expect(refusal(tokens.token(header: untyped, payload: TestTokens.json(claims))) == .malformed)
  }

  @Test("signed with another key, or changed afterwards, are refused")
  func forged() throws {
    let forger = try TestTokens(keyID: tokens.key.id)
    #expect(refusal(forger.token(claims)) == .forged)
    let token = tokens.token(claims)
    let parts = token.split(separator: ".")
    let other = TestTokens.claims(at: clock.now, principal: TestTokens.session)
    let changed = TestTokens.unsigned(header: tokens.header, payload: TestTokens.json(other)) + "." + parts[2]
    #expect(refusal(changed) == .forged)
    // The cache knows the good one and takes no other for it.
    _ = try verifier.verify(token)
    #expect(refusal(changed) == .forged)
    #expect(refusal(token + "A") != nil)
    #expect(refusal(String(token.dropLast())) != nil)
  }

  @Test("for another audience or of another issuer are refused")
  func foreign() {
    for (issuer, audience) in [
      ("https://evil.example", TokenIssuer.register.audience), (TokenIssuer.register.issuer, "https://other.example"),
      (TokenIssuer.register.issuer, TokenIssuer.register.audience + "/"), ("", ""),
    ] {
      var claims = claims
      (claims.iss, claims.aud) = (issuer, audience)
      #expect(refusal(tokens.token(claims)) == .foreign)
    }
    let listed = TestTokens.json(claims).replacing(
      #""aud":"https://vigil.local""#, with: #""aud":["https://vigil.local","https://other.example"]"#)
    #expect(refusal(tokens.token(payload: listed)) == .malformed)
  }

  @Test("that have ended, or not begun, are refused, from the cache too")
  func time() throws {
    let token = tokens.token(claims)
    clock.advance(299)
    verifier.take(tokens.trust(at: clock.time))
    _ = try verifier.verify(token)
    clock.advance(1)
    #expect(refusal(token) == .expired)
    var early = claims
    early.nbf = clock.now + TokenVerifier.tolerance + 1
    #expect(refusal(tokens.token(early)) == .notYetValid)
    early.nbf -= 1
    #expect(refusal(tokens.token(early)) == nil)
  }

  @Test("must say all that an access token says", arguments: ["iss", "aud", "sub", "sid", "nbf", "iat", "exp"])
  func missing(name: String) {
    let json = TestTokens.json(claims).replacing("\"\(name)\":", with: "\"x\(name)\":")
    #expect(refusal(tokens.token(payload: json)) == .malformed)
  }

  @Test("speak for principals by their identifiers only")
  func subjects() {
    for subject in [
      "operator", "spiffe://vigil.local/service/gateway", "", "principals/x", "0190B5A2-7C3E-7ABC-8DEF-0123456789AB",
    ] {
      var claims = claims
      claims.sub = subject
      #expect(refusal(tokens.token(claims)) == .malformed, "\(subject)")
    }
  }

  @Test("of a session that has ended are refused at once, from the cache too")
  func ended() throws {
    let token = tokens.token(claims)
    _ = try verifier.verify(token)
    let ended = EndedSession(id: TestTokens.session, until: clock.time.advanced(bySeconds: 300))
    clock.advance(1)
    verifier.take(tokens.trust([ended], at: clock.time))
    #expect(refusal(token) == .ended)
    // What comes late does not bring it back.
    verifier.take(tokens.trust(at: clock.time.advanced(bySeconds: -1)))
    #expect(refusal(token) == .ended)
  }

  @Test("are good for as long as their key is, and a new key stands beside the old one")
  func rotation() throws {
    let next = try TestTokens(keyID: "fedcba9876543210")
    let (old, new) = (tokens.token(claims), next.token(claims))
    _ = try verifier.verify(old)
    #expect(refusal(new) == .unknownKey)
    verifier.take(TokenTrust(keys: [tokens.key, next.key], issuedAt: clock.time))
    #expect(refusal(old) == nil && refusal(new) == nil)
    verifier.take(TokenTrust(keys: [next.key], issuedAt: clock.time))
    #expect(refusal(old) == .unknownKey && refusal(new) == nil)
  }

  @Test("cannot be checked by nothing, nor by what was said too long ago or is from the future")
  func staleness() throws {
    let token = tokens.token(claims)
    _ = try verifier.verify(token)
    clock.advance(30)
    #expect(refusal(token) == .noKeys)
    verifier.take(tokens.trust(at: clock.time))
    #expect(refusal(token) == nil)
    verifier.take(tokens.trust(at: clock.time.advanced(bySeconds: 31)))
    #expect(refusal(token) == .noKeys)
    let untold = TokenVerifier(clock: { [clock] in clock.time })
    #expect(throws: TokenRefusal.noKeys) { try untold.verify(token) }
    #expect(ServiceError(TokenRefusal.noKeys).code == .unavailable)
  }

  @Test(
    "have one spelling",
    arguments: [
      "", ".", "..", "...", "a.b.c", "a.b", String(repeating: "a", count: 3000), "é.é.é",
    ])
  func malformed(token: String) {
    #expect(refusal(token) == .malformed)
  }

  @Test(
    "come in one field, as Bearer",
    arguments: [
      ["Basic dXNlcjpwYXNz"], ["Bearer"], ["Bearer "], [""], ["TOKEN"], ["bearerTOKEN"], ["Bearer TOKEN x"],
      ["Bearer TOKEN", "Bearer TOKEN"], ["Bearer TOKEN", ""], ["Bearer TOKEN, Bearer TOKEN"], ["Bearer\tTOKEN"],
    ])
  func fields(values: [String]) throws {
    let values = values.map { $0.replacing("TOKEN", with: tokens.token(claims)) }
    #expect(throws: TokenRefusal.notBearer) { try verifier.identity(authorization: values) }
    #expect(try verifier.identity(authorization: []) == nil)
    #expect(try verifier.identity(authorization: ["bearer " + tokens.token(claims)]) != nil)
  }

  @Test("are remembered in a bounded number, those in use longest")
  func cache() {
    var cache = TokenCache(capacity: 2)
    let identity = TokenIdentity(principal: TestTokens.principal, session: TestTokens.session)
    let entry = TokenCache.Entry(identity: identity, keyID: "k", begin: 0, end: 1)
    for token in ["a", "b", "c"] { cache.insert(entry, for: token) }
    #expect(cache.find("a") == entry && cache.count == 3)
    for token in ["d", "e", "f", "g"] { cache.insert(entry, for: token) }
    #expect(cache.count <= 4 && cache.find("b") == nil && cache.find("g") == entry)
  }

  @Test("every refusal has one answer")
  func answers() {
    let refusals: [TokenRefusal] = [
      .notBearer, .malformed, .unknownKey, .forged, .foreign, .notYetValid, .expired, .ended,
    ]
    #expect(Set(refusals.map { ServiceError($0) }).count == 1)
    #expect(ServiceError(TokenRefusal.ended).code == .unauthenticated)
  }
}
