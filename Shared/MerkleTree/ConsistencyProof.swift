/// Shows that a log has only grown: what it held before, it still holds, in the same order (RFC 9162,
/// section 2.1.4).
package struct ConsistencyProof: Hashable, Sendable {
  /// The size of the older tree; more than 0, since every tree begins with the empty one.
  package var first: UInt64
  /// The size of the newer tree.
  package var second: UInt64
  package var path: [TreeHash]

  package init(first: UInt64, second: UInt64, path: [TreeHash]) {
    self.first = first
    self.second = second
    self.path = path
  }

  /// The algorithm of section 2.1.4.2.
  package func verifies(firstRoot: TreeHash, secondRoot: TreeHash) -> Bool {
    guard first > 0, first <= second else { return false }
    guard first < second else { return path.isEmpty && firstRoot == secondRoot }
    // An older tree that is complete is a node of the newer one, and its hash is not repeated.
    var rest = (first & (first - 1) == 0 ? [firstRoot] : []) + path
    guard !rest.isEmpty else { return false }
    let start = rest.removeFirst()
    var (node, last) = (first - 1, second - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (older, newer) = (start, start)
    for sibling in rest {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        older = .node(sibling, older)
        newer = .node(sibling, newer)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        newer = .node(newer, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && older == firstRoot && newer == secondRoot
  }
}
