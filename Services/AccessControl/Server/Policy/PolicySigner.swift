import Crypto
import FoundationEssentials
import Policy

/// Signs what services decide by: Ed25519 (RFC 8032) over the UTF-8 of a snapshot's canonical text.
struct PolicySigner: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  /// The first 8 bytes of the SHA-256 of the public key, in hexadecimal.
  let keyID: String

  /// Nil unless the seed is 32 bytes long.
  init?(seed: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.key = key
    keyID = SHA256.hash(data: key.publicKey.rawRepresentation).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// What verifiers pin, 32 bytes.
  var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  func sign(_ snapshot: PolicySnapshot) throws -> SignedSnapshot {
    let text = Array(snapshot.canonicalText.utf8)
    return SignedSnapshot(
      snapshot: snapshot, text: text, signature: Array(try key.signature(for: text)), keyID: keyID)
  }
}

/// A snapshot as it is sent.
struct SignedSnapshot: Sendable {
  let snapshot: PolicySnapshot
  let text: [UInt8]
  let signature: [UInt8]
  let keyID: String
}
