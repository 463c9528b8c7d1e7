/// Shows that an entry is in the log (RFC 9162, section 2.1.3).
package struct InclusionProof: Hashable, Sendable {
  /// The entry's place, from 0.
  package var index: UInt64
  /// The size of the tree that the proof is for.
  package var size: UInt64
  /// The siblings of the nodes between the leaf and the root.
  package var path: [TreeHash]

  package init(index: UInt64, size: UInt64, path: [TreeHash]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// The algorithm of section 2.1.3.2. Needs nothing but the head that the reader trusts.
  package func verifies(leaf: TreeHash, root: TreeHash) -> Bool {
    guard index < size else { return false }
    var (node, last, hash) = (index, size - 1, leaf)
    for sibling in path {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = .node(sibling, hash)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = .node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }
}
