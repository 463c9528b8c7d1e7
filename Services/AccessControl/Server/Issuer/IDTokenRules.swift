/// What an ID token must be to be believed (OpenID Connect Core 1.0, 3.1.3.7).
struct IDTokenRules: Hashable, Sendable {
  /// Why one is not believed. Callers are told no more than that it is not.
  enum Refusal: Error, Hashable, Sendable {
    /// It was signed in a way that is not allowed here, if at all.
    case algorithm
    /// It names no key that the issuer has now.
    case unknownKey
    case forged
    /// Another made it, or it is for another.
    case issuer, audience
    case notYetValid, expired
    /// It answers another request.
    case nonce
    /// What must be said is missing.
    case incomplete
  }

  /// A token comes straight from the issuer, which has just made it.
  static let greatestAge: Int64 = 600

  var issuer: String
  /// By what the issuer knows this deployment.
  var client: String
  var algorithms: Set<SigningAlgorithm>
  /// Clocks differ by as much, in seconds.
  var tolerance: Int64 = 30

  /// - Parameter now: in seconds since 1970.
  func check(_ token: IDToken, _ keys: IssuerKeySet, nonce: String, at now: Int64) throws(Refusal) {
    guard let algorithm = SigningAlgorithm(rawValue: token.algorithm), algorithms.contains(algorithm) else {
      throw .algorithm
    }
    guard let key = keys.key(of: token) else { throw .unknownKey }
    guard key.hasSigned(token.signed, token.signature, by: algorithm) else { throw .forged }
    guard token.claims["iss"]?.text == issuer else { throw .issuer }
    try checkAudience(token)
    try checkTimes(token, Double(now))
    guard !nonce.isEmpty, token.claims["nonce"]?.text == nonce else { throw .nonce }
  }

  /// It is for this deployment; where it is for others too, it must say that it was made for this one.
  private func checkAudience(_ token: IDToken) throws(Refusal) {
    let audience = token.claims["aud"]?.texts ?? []
    guard audience.contains(client) else { throw .audience }
    switch token.claims["azp"] {
    case nil: guard audience.count == 1 else { throw .audience }
    case let party?: guard party.text == client else { throw .audience }
    }
  }

  private func checkTimes(_ token: IDToken, _ now: Double) throws(Refusal) {
    guard let end = token.claims["exp"]?.number, let begin = token.claims["iat"]?.number else { throw .incomplete }
    let tolerance = Double(tolerance)
    guard begin <= now + tolerance else { throw .notYetValid }
    if let later = token.claims["nbf"] {
      guard let later = later.number, later <= now + tolerance else { throw .notYetValid }
    }
    guard now < end + tolerance, now - begin <= Double(Self.greatestAge) else { throw .expired }
  }
}
