/// The state of a log at one moment: `TreeHeadDataV2` of RFC 9162, section 4.9.
package struct TreeHead: Hashable, Sendable {
  /// When the log was in this state, in milliseconds since 1970 (UTC), without leap seconds.
  package var timestamp: UInt64
  /// How many entries it had.
  package var size: UInt64
  package var root: TreeHash

  package init(timestamp: UInt64, size: UInt64, root: TreeHash) {
    self.timestamp = timestamp
    self.size = size
    self.root = root
  }

  /// What is signed, in the presentation language of TLS (RFC 8446, section 3), without extensions.
  package var encoded: [UInt8] {
    bigEndian(timestamp) + bigEndian(size) + [UInt8(TreeHash.byteCount)] + root.bytes + [0, 0]
  }

  private func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
  }
}
