import AIP
import Crypto
import CryptoExtras
import FoundationEssentials

/// A key that an external issuer signs with. It fits the algorithms of its own kind and no other.
struct IssuerKey: Sendable {
  private enum Material: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
  }

  let id: String?
  /// The only algorithm that it is for, where it says so.
  private let algorithm: String?
  private let material: Material

  /// Nil for a key that is not for signing, of a kind that is not known here, or too weak: RSA of less than 2048 bits.
  init?(_ key: JSONWebKey) {
    guard key.use == nil || key.use == "sig", let material = Self.material(key) else { return nil }
    (id, algorithm, self.material) = (key.kid, key.alg, material)
  }

  private static func material(_ key: JSONWebKey) -> Material? {
    func bytes(_ text: String?) -> [UInt8]? { text.flatMap { Base64URL.decode($0) } }
    switch (key.kty, key.crv) {
    case ("RSA", _):
      guard let n = bytes(key.n), let e = bytes(key.e) else { return nil }
      return (try? _RSA.Signing.PublicKey(n: n, e: e)).map { .rsa($0) }
    case ("EC", "P-256"):
      guard let x = bytes(key.x), let y = bytes(key.y), x.count == 32, y.count == 32 else { return nil }
      return (try? P256.Signing.PublicKey(x963Representation: [4] + x + y)).map { .p256($0) }
    case ("OKP", "Ed25519"):
      guard let x = bytes(key.x) else { return nil }
      return (try? Curve25519.Signing.PublicKey(rawRepresentation: x)).map { .ed25519($0) }
    default: return nil
    }
  }

  func hasSigned(_ signed: [UInt8], _ signature: [UInt8], by algorithm: SigningAlgorithm) -> Bool {
    guard self.algorithm == nil || self.algorithm == algorithm.rawValue else { return false }
    switch (algorithm, material) {
    case (.rs256, .rsa(let key)):
      return key.isValidSignature(.init(rawRepresentation: signature), for: signed, padding: .insecurePKCS1v1_5)
    case (.ps256, .rsa(let key)):
      return key.isValidSignature(.init(rawRepresentation: signature), for: signed, padding: .PSS)
    case (.es256, .p256(let key)):
      return (try? P256.Signing.ECDSASignature(rawRepresentation: signature)).map {
        key.isValidSignature($0, for: signed)
      }
        ?? false
    case (.edDSA, .ed25519(let key)): return key.isValidSignature(signature, for: signed)
    default: return false
    }
  }
}

/// A key as issuers publish it (RFC 7517).
struct JSONWebKey: Decodable, Sendable {
  var kty: String
  var kid: String?
  var use: String?
  var alg: String?
  var crv: String?
  var n: String?
  var e: String?
  var x: String?
  var y: String?
}

/// The keys of an external issuer at a time.
struct IssuerKeySet: Decodable, Sendable {
  private enum CodingKeys: CodingKey { case keys }

  let keys: [IssuerKey]

  /// Keys that are of no use here are left out.
  init(from decoder: any Decoder) throws {
    let found = try decoder.container(keyedBy: CodingKeys.self).decode([JSONWebKey].self, forKey: .keys)
    keys = found.compactMap { IssuerKey($0) }
  }

  /// The key that a token names; of one that names none the only one that there is (OpenID Connect Core 1.0, 10.1).
  func key(of token: IDToken) -> IssuerKey? {
    guard let id = token.keyID else { return keys.count == 1 ? keys[0] : nil }
    return keys.first { $0.id == id }
  }
}
