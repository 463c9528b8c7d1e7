/// Where a consumer goes on, and what was so when it got there: what a cursor's sealed text holds.
struct FeedCursor: Hashable, Sendable {
  var position = FeedPosition.start
  /// Up to where changes were compacted.
  var horizon = FeedPosition.start
  /// Digest of what the consumer might see; empty for whoever begins.
  var rights: [UInt8] = []

  /// Whether everything after the position is still there, or is as it was when the reading was begun at the beginning.
  func isGood(beyond horizon: FeedPosition) -> Bool { position >= horizon || self.horizon == horizon }
}

extension FeedCursor {
  private static let rightsCount = 16

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for number in [position.transaction, position.id, horizon.transaction, horizon.id] {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    return bytes + rights
  }

  /// Nil when the bytes are not a cursor.
  init?(bytes: [UInt8]) {
    guard bytes.count == 32 + Self.rightsCount else { return nil }
    func number(_ start: Int) -> Int64 {
      Int64(bitPattern: bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
    }
    self.init(
      position: FeedPosition(transaction: number(0), id: number(8)),
      horizon: FeedPosition(transaction: number(16), id: number(24)), rights: Array(bytes[32...]))
  }
}
