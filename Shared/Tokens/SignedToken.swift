import AIP
import Crypto
import FoundationEssentials

/// A token in its compact form (RFC 7515): not to be believed before ``isSigned(by:)``.
///
/// Only what access control itself writes is read: the header is exactly `alg` EdDSA, `typ` at+jwt and a `kid`. So there
/// is no other algorithm, none among them, to be talked into, and no key that a token could bring along or point to.
struct SignedToken {
  /// Longer ones are not looked at.
  static let limit = 2048

  let keyID: String
  private let payload: [UInt8]
  private let signature: [UInt8]
  private let signed: [UInt8]

  /// Nil for anything else.
  init?(_ token: String) {
    guard token.utf8.count <= Self.limit else { return nil }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
      let signature = Base64URL.decode(parts[2]), let keyID = Self.keyID(header)
    else { return nil }
    self.keyID = keyID
    self.payload = payload
    self.signature = signature
    signed = Array(token.utf8[..<parts[1].endIndex])
  }

  private static func keyID(_ header: [UInt8]) -> String? {
    guard let fields = FlatJSON.members(header), fields.count == 3, fields["alg"]?.text == "EdDSA",
      fields["typ"]?.text == "at+jwt"
    else { return nil }
    return fields["kid"]?.text
  }

  func isSigned(by key: Curve25519.Signing.PublicKey) -> Bool {
    signature.count == 64 && key.isValidSignature(signature, for: signed)
  }

  /// Nil when it says something else than an access token does.
  var claims: AccessClaims? { FlatJSON.members(payload).flatMap { AccessClaims($0) } }
}
