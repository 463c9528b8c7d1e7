package import Crypto
import FoundationEssentials

/// A key that access control signs policies with, as others know it: Ed25519 (RFC 8032).
package struct PolicyKey: Sendable {
  package let key: Curve25519.Signing.PublicKey

  package init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

  /// Nil unless it is the base64 of 32 bytes.
  package init?(text: some StringProtocol) {
    guard let bytes = Data(base64Encoded: String(text)),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return nil }
    self.key = key
  }

  /// What is pinned: the line that `vigil-access policy-key` prints.
  package var text: String { key.rawRepresentation.base64EncodedString() }

  /// The first 8 bytes of the SHA-256 of the key, in hexadecimal.
  package var id: String {
    SHA256.hash(data: key.rawRepresentation).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
