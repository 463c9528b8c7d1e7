import Testing

@testable import MerkleTree

@Suite("A growing tree")
struct TreeFrontierTests {
  @Test("has the root that the definition gives, at every size")
  func roots() {
    let all = entries(70)
    var frontier = TreeFrontier()
    for size in 0...all.count {
      #expect(frontier.size == UInt64(size))
      #expect(frontier.root == ReferenceTree.root(all[..<size]))
      if size < all.count { _ = frontier.append(.leaf(all[size])) }
    }
  }

  @Test("tells each complete subtree once, with its hash")
  func nodes() {
    let all = entries(64)
    let log = MemoryLog(all)
    #expect(log.nodes.count == 127)
    for (address, hash) in log.nodes {
      let leaves = Int(address.leaves.lowerBound)..<Int(address.leaves.upperBound)
      #expect(hash == ReferenceTree.root(all[leaves]))
    }
  }

  @Test("goes on from what was stored")
  func resumed() throws {
    let all = entries(40)
    for size in 0...all.count {
      let log = MemoryLog(Array(all[..<size]))
      let stored = TreeFrontier.addresses(size: UInt64(size)).compactMap { log.nodes[$0] }
      var frontier = try #require(TreeFrontier(size: UInt64(size), hashes: stored))
      #expect(frontier == log.frontier)
      for entry in all[size...] { _ = frontier.append(.leaf(entry)) }
      #expect(frontier.root == ReferenceTree.root(all[...]))
    }
  }

  @Test("does not go on from too few or too many hashes")
  func wrongCount() {
    #expect(TreeFrontier(size: 3, hashes: [.empty]) == nil)
    #expect(TreeFrontier(size: 4, hashes: [.empty, .empty]) == nil)
  }
}
