import Crypto

/// The hash of a leaf, of a node, or of a whole tree: SHA-256, 32 bytes.
package struct TreeHash: Hashable, Sendable {
  package static let byteCount = SHA256.byteCount

  package let bytes: [UInt8]

  /// - Returns: Nothing unless there are exactly 32 bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  private init(_ hasher: SHA256) {
    bytes = Array(hasher.finalize())
  }

  /// The hash of the tree without leaves (RFC 9162, section 2.1.1).
  package static let empty = TreeHash(SHA256())

  /// The hash of one entry. The prefix keeps an entry from passing for a node (section 2.1.1).
  package static func leaf(_ entry: some Sequence<UInt8>) -> TreeHash {
    var hasher = SHA256()
    hasher.update(data: [0x00])
    hasher.update(data: Array(entry))
    return TreeHash(hasher)
  }

  /// The hash of a node with two children.
  package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    var hasher = SHA256()
    hasher.update(data: [0x01] + left.bytes + right.bytes)
    return TreeHash(hasher)
  }
}

extension TreeHash: CustomStringConvertible {
  /// In hexadecimal.
  package var description: String {
    bytes.reduce(into: "") { text, byte in
      text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
  }
}
