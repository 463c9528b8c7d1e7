/// 16 random bytes. They keep a leaf's hash, which proofs about other entries show to anybody, from being compared with
/// the hashes of what an entry might say.
package struct AuditSalt: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static var random: AuditSalt {
    AuditSalt(high: .random(in: 0...UInt64.max), low: .random(in: 0...UInt64.max))
  }
}
