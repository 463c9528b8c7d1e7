/// What an access token says (RFC 7519, RFC 9068).
package struct AccessClaims: Codable, Hashable, Sendable {
  /// Who made it.
  package var iss: String
  /// Whom it is for.
  package var aud: String
  /// The principal.
  package var sub: String
  /// The session.
  package var sid: String
  /// When it was made, when it begins and when it ends, in seconds since 1970.
  package var iat: Int64
  package var nbf: Int64
  package var exp: Int64
  /// The codes of the roles that the principal may act by, of those that it holds; nil for all of them.
  package var roles: [String]?

  package init(
    iss: String, aud: String, sub: String, sid: String, iat: Int64, nbf: Int64, exp: Int64, roles: [String]? = nil
  ) {
    self.iss = iss
    self.aud = aud
    self.sub = sub
    self.sid = sid
    self.iat = iat
    self.nbf = nbf
    self.exp = exp
    self.roles = roles
  }
}

/// Who makes the tokens of a deployment, and whom for.
package struct TokenIssuer: Hashable, Sendable {
  package var issuer: String
  package var audience: String

  package init(issuer: String, audience: String) {
    self.issuer = issuer
    self.audience = audience
  }

  /// Access control, for the register.
  package static let register = TokenIssuer(issuer: "https://vigil.local/access", audience: "https://vigil.local")
}
