package import AIP
import Crypto
import Foundation
package import Policy
package import Tokens

/// Makes access tokens as access control would, and as an attacker would: by hand, so that anything can be said in one.
package struct TestTokens: Sendable {
  package let key: TokenKey
  private let signing: Curve25519.Signing.PrivateKey

  /// - Parameter keyID: a word.
  package init(keyID: String = "0123456789abcdef") throws {
    signing = Curve25519.Signing.PrivateKey()
    guard let key = TokenKey(id: keyID, publicKey: Array(signing.publicKey.rawRepresentation)) else {
      throw ServiceError.invalid("key", "must be a word")
    }
    self.key = key
  }

  package static let principal = RecordID(high: 0x0190_b5a2_7c3e_7abc, low: 0x8def_0123_4567_89ab)
  package static let session = RecordID(high: 0x0190_b5a2_7c3e_7abd, low: 0x8def_0123_4567_89ab)

  /// Claims that are good at the time, for five minutes.
  package static func claims(at time: Int64, principal: RecordID = principal, session: RecordID = session)
    -> AccessClaims
  {
    AccessClaims(
      iss: TokenIssuer.register.issuer, aud: TokenIssuer.register.audience, sub: principal.description,
      sid: session.description, iat: time, nbf: time, exp: time + 300)
  }

  /// The JSON of the claims.
  package static func json(_ claims: AccessClaims) -> String {
    let parts = [
      #""iss":"\#(claims.iss)""#, #""aud":"\#(claims.aud)""#, #""sub":"\#(claims.sub)""#, #""sid":"\#(claims.sid)""#,
      #""iat":\#(claims.iat)"#, #""nbf":\#(claims.nbf)"#, #""exp":\#(claims.exp)"#,
    ]
    return "{\(parts.joined(separator: ","))}"
  }

  package var header: String { #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(key.id)"}"# }

  /// A token of these parts, signed by this key.
  package func token(header: String? = nil, payload: String) -> String {
    let signed = Self.unsigned(header: header ?? self.header, payload: payload)
    let signature = (try? signing.signature(for: Data(signed.utf8))) ?? Data()
    return "\(signed).\(Base64URL.encode(Array(signature)))"
  }

  package func token(_ claims: AccessClaims) -> String { token(payload: Self.json(claims)) }

  /// The parts that are signed.
  package static func unsigned(header: String, payload: String) -> String {
    "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(Array(payload.utf8)))"
  }

  /// Told of this key now.
  package func trust(_ ended: [EndedSession] = [], at time: PolicyTime) -> TokenTrust {
    TokenTrust(keys: [key], endedSessions: ended, issuedAt: time)
  }
}
