import AIP
import Crypto
import GRPCCore
import JWTKit
import Policy
import Postgres
import Sealing
import Tokens

/// Makes access tokens: JSON Web Tokens (RFC 7519, RFC 9068) signed with EdDSA by the key of the moment.
struct TokenMint: Sendable {
  let vault: Vault
  var issuer = TokenIssuer.register

  /// A token of a session.
  ///
  /// - Throws: UNAVAILABLE before there is a key.
  func token(
    of session: Session, from now: PolicyTime, until end: PolicyTime, in executor: some PostgresExecutor
  ) async throws -> String {
    guard let key = try await executor.execute(SelectSigningKey(time: now)).first else {
      throw ServiceError(.unavailable, .policyUnavailable, "there is no key to sign tokens with yet")
    }
    let signing = try Curve25519.Signing.PrivateKey(rawRepresentation: try vault.open(key.sealed, .tokenKey(key.id)))
    let keys = JWTKeyCollection()
    let id = JWKIdentifier(string: key.id)
    await keys.add(eddsa: EdDSA.PrivateKey(backing: signing), kid: id)
    let claims = AccessClaims(
      iss: issuer.issuer, aud: issuer.audience, sub: session.principal.description, sid: session.id.description,
      iat: now.seconds, nbf: now.seconds, exp: end.seconds, roles: session.readers.map { $0.map(\.code) })
    return try await keys.sign(Payload(claims: claims), kid: id, header: ["typ": "at+jwt"])
  }
}

/// The claims, for JWTKit to sign.
private struct Payload: JWTPayload {
  var claims: AccessClaims

  init(claims: AccessClaims) { self.claims = claims }

  init(from decoder: any Decoder) throws { claims = try AccessClaims(from: decoder) }

  func encode(to encoder: any Encoder) throws { try claims.encode(to: encoder) }

  /// Whoever checks tokens does it by ``TokenVerifier``.
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}

extension PolicyTime {
  /// Whole seconds since 1970.
  var seconds: Int64 { microseconds / 1_000_000 }
}
