package import Crypto

/// A head that the log stands by (RFC 9162, section 4.10). Two signed heads that no consistency proof
/// joins are the proof that the log showed different histories to different readers.
package struct SignedTreeHead: Hashable, Sendable {
  package var head: TreeHead
  /// Ed25519 (RFC 8032) over ``TreeHead/encoded``, one of the algorithms of RFC 9162, section 10.2.2.
  package var signature: [UInt8]

  package init(head: TreeHead, signature: [UInt8]) {
    self.head = head
    self.signature = signature
  }

  /// - Throws: What Crypto throws when it cannot sign.
  package init(signing head: TreeHead, with key: Curve25519.Signing.PrivateKey) throws {
    self.head = head
    signature = try Array(key.signature(for: head.encoded))
  }

  /// Whether the log that the reader pinned this key of has signed the head.
  package func isSigned(by key: Curve25519.Signing.PublicKey) -> Bool {
    key.isValidSignature(signature, for: head.encoded)
  }
}
