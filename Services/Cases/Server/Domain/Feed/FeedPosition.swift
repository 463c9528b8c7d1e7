/// Where a change stands in the feed (migration 0018): by its transaction, then by its number.
struct FeedPosition: Hashable, Comparable, Sendable {
  var transaction: Int64
  var id: Int64

  static let start = FeedPosition(transaction: 0, id: 0)

  static func < (a: Self, b: Self) -> Bool { (a.transaction, a.id) < (b.transaction, b.id) }
}
