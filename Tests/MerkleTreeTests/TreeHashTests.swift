import Testing

@testable import MerkleTree

@Suite("Hashes of a tree")
struct TreeHashTests {
  /// The vectors that Certificate Transparency's implementations share: eight entries and the hash of the
  /// tree after each.
  static let vectors: [(entry: [UInt8], root: String)] = [
    ([], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ([0x00], "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ([0x10], "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ([0x20, 0x21], "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ([0x30, 0x31], "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ([0x40, 0x41, 0x42, 0x43], "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    (Array(0x50...0x57), "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (Array(0x60...0x6f), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
  ]

  @Test("the shared vectors")
  func shared() {
    var frontier = TreeFrontier()
    #expect("\(frontier.root)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    for vector in Self.vectors {
      _ = frontier.append(.leaf(vector.entry))
      #expect("\(frontier.root)" == vector.root)
    }
  }

  @Test("an entry that looks like a node is none")
  func prefixes() {
    let (left, right) = (TreeHash.leaf([1]), TreeHash.leaf([2]))
    #expect(TreeHash.leaf(left.bytes + right.bytes) != .node(left, right))
    #expect(TreeHash.node(left, right) != .node(right, left))
  }

  @Test("a hash has 32 bytes", arguments: [0, 31, 33])
  func length(count: Int) {
    #expect(TreeHash(bytes: [UInt8](repeating: 7, count: count)) == nil)
    #expect(TreeHash(bytes: TreeHash.empty.bytes) == .empty)
  }
}
