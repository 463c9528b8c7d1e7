/// The place of a complete subtree: `2^level` leaves, the first of which is leaf `index · 2^level`.
///
/// Such a node never changes once its leaves are there, so a log stores it under its address for ever.
package struct NodeAddress: Hashable, Sendable {
  /// 0 for a leaf.
  package var level: UInt8
  /// Counted from 0 within the level.
  package var index: UInt64

  package init(level: UInt8, index: UInt64) {
    self.level = level
    self.index = index
  }

  package var leaves: Range<UInt64> { (index << level)..<((index + 1) << level) }

  /// The fewest complete subtrees that hold exactly these leaves, from left to right.
  ///
  /// - Parameter leaves: a range that a subtree of some tree covers: its start is a multiple of the least
  ///   power of two that is not less than its length.
  static func covering(_ leaves: Range<UInt64>) -> [NodeAddress] {
    var addresses: [NodeAddress] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let level = UInt8(UInt64.bitWidth - 1 - (leaves.upperBound - start).leadingZeroBitCount)
      addresses.append(NodeAddress(level: level, index: start >> level))
      start += 1 << level
    }
    return addresses
  }
}
