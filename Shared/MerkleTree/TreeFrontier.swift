/// The right edge of a tree: all that appending needs. It holds one hash for each bit set in the size, so
/// a log of a thousand million entries grows from at most thirty hashes.
package struct TreeFrontier: Hashable, Sendable {
  /// A complete subtree and its hash, for the log to store.
  package struct Node: Hashable, Sendable {
    package var address: NodeAddress
    package var hash: TreeHash
  }

  /// How many leaves the tree has.
  package private(set) var size: UInt64 = 0
  /// The complete subtrees that make up the tree, from the largest, on the left, to the smallest.
  /// From their hashes a frontier is resumed.
  package private(set) var hashes: [TreeHash] = []

  /// The tree without leaves.
  package init() {}

  /// The tree of `size` leaves, from the hashes of the nodes at ``addresses(size:)``.
  ///
  /// - Returns: Nothing unless there is one hash for each address.
  package init?(size: UInt64, hashes: [TreeHash]) {
    guard hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Where the hashes are stored from which a frontier is resumed.
  package static func addresses(size: UInt64) -> [NodeAddress] { NodeAddress.covering(0..<size) }

  /// Adds a leaf on the right.
  ///
  /// - Returns: The nodes that it completes, from the leaf upwards: two on average.
  package mutating func append(_ leaf: TreeHash) -> [Node] {
    var node = Node(address: NodeAddress(level: 0, index: size), hash: leaf)
    var completed = [node]
    // Each one that carries in `size + 1` joins two subtrees of the same height.
    while node.address.index & 1 == 1 {
      let left = hashes.removeLast()
      node = Node(
        address: NodeAddress(level: node.address.level + 1, index: node.address.index >> 1),
        hash: .node(left, node.hash)
      )
      completed.append(node)
    }
    hashes.append(node.hash)
    size += 1
    return completed
  }

  /// The hash of the whole tree (RFC 9162, section 2.1.1).
  package var root: TreeHash { Self.root(of: hashes) }

  /// The hash of the tree that these complete subtrees, from left to right, make up.
  static func root(of subtrees: [TreeHash]) -> TreeHash {
    guard var root = subtrees.last else { return .empty }
    for left in subtrees.dropLast().reversed() { root = .node(left, root) }
    return root
  }
}
