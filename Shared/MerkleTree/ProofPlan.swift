/// Which stored nodes a proof is made of, so that a log reads them all at once.
package struct ProofPlan: Hashable, Sendable {
  /// For each hash of the proof, in its order, the complete subtrees that it is computed from.
  private var parts: [[NodeAddress]] = []

  /// The nodes to read, in the order in which ``proof(from:)`` takes their hashes.
  package var addresses: [NodeAddress] { parts.flatMap(\.self) }

  /// The proof that leaf `index` is in the tree of `size` leaves (RFC 9162, section 2.1.3.1).
  ///
  /// - Returns: Nothing unless `index < size`.
  package static func inclusion(of index: UInt64, size: UInt64) -> ProofPlan? {
    guard index < size else { return nil }
    var plan = ProofPlan()
    plan.descend(to: index, in: 0..<size)
    return plan
  }

  /// The proof that the tree of `second` leaves begins with the tree of `first` (section 2.1.4.1).
  ///
  /// - Returns: Nothing unless `0 < first ≤ second`. Of equal trees the proof is empty.
  package static func consistency(from first: UInt64, to second: UInt64) -> ProofPlan? {
    guard first > 0, first <= second else { return nil }
    var plan = ProofPlan()
    plan.descend(toEnd: first, in: 0..<second, isWhole: true)
    return plan
  }

  /// The proof's hashes.
  ///
  /// - Parameter hashes: those of the nodes at ``addresses``, in that order.
  /// - Returns: Nothing unless there is one hash for each address.
  package func proof(from hashes: [TreeHash]) -> [TreeHash]? {
    guard hashes.count == parts.reduce(0, { $0 + $1.count }) else { return nil }
    var rest = hashes[...]
    return parts.map { part in
      defer { rest = rest.dropFirst(part.count) }
      return TreeFrontier.root(of: Array(rest.prefix(part.count)))
    }
  }

  private mutating func add(_ leaves: Range<UInt64>) {
    parts.append(NodeAddress.covering(leaves))
  }

  /// PATH of section 2.1.3.1: the sibling of every node between the leaf and the root.
  private mutating func descend(to index: UInt64, in tree: Range<UInt64>) {
    guard tree.count > 1 else { return }
    let middle = tree.lowerBound + Self.leftSize(of: UInt64(tree.count))
    if index < middle {
      descend(to: index, in: tree.lowerBound..<middle)
      add(middle..<tree.upperBound)
    } else {
      descend(to: index, in: middle..<tree.upperBound)
      add(tree.lowerBound..<middle)
    }
  }

  /// SUBPROOF of section 2.1.4.1. `isWhole` says that the older tree is the one that the reader holds the
  /// hash of, which then need not be told.
  private mutating func descend(toEnd end: UInt64, in tree: Range<UInt64>, isWhole: Bool) {
    guard end < tree.upperBound else {
      if !isWhole { add(tree) }
      return
    }
    let middle = tree.lowerBound + Self.leftSize(of: UInt64(tree.count))
    if end <= middle {
      descend(toEnd: end, in: tree.lowerBound..<middle, isWhole: isWhole)
      add(middle..<tree.upperBound)
    } else {
      descend(toEnd: end, in: middle..<tree.upperBound, isWhole: false)
      add(tree.lowerBound..<middle)
    }
  }

  /// The largest power of two that is less than `count`, which is more than 1.
  private static func leftSize(of count: UInt64) -> UInt64 {
    1 << (UInt64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
