import Crypto
import Testing

@testable import MerkleTree

/// What somebody with the database in their hands might try.
@Suite("Forgeries")
struct ForgeryTests {
  let all = entries(21)

  func root(_ entries: [[UInt8]]) -> TreeHash { ReferenceTree.root(entries[...]) }

  @Test("an inclusion proof of another leaf, place, size, path or root fails")
  func inclusion() throws {
    let log = MemoryLog(all)
    let (leaf, root) = (TreeHash.leaf(all[6]), root(all))
    let proof = InclusionProof(index: 6, size: 21, path: try #require(log.proof(.inclusion(of: 6, size: 21))))
    #expect(proof.verifies(leaf: leaf, root: root))
    #expect(!proof.verifies(leaf: .leaf(all[7]), root: root))
    #expect(!proof.verifies(leaf: leaf, root: .empty))
    for index in 0..<UInt64(30) where index != 6 {
      #expect(!InclusionProof(index: index, size: 21, path: proof.path).verifies(leaf: leaf, root: root))
    }
    for position in proof.path.indices {
      var path = proof.path
      path[position] = .empty
      #expect(!InclusionProof(index: 6, size: 21, path: path).verifies(leaf: leaf, root: root))
      path.remove(at: position)
      #expect(!InclusionProof(index: 6, size: 21, path: path).verifies(leaf: leaf, root: root))
    }
    #expect(!InclusionProof(index: 6, size: 21, path: proof.path + [.empty]).verifies(leaf: leaf, root: root))
    #expect(!InclusionProof(index: 0, size: 0, path: []).verifies(leaf: leaf, root: root))
  }

  enum Change: CaseIterable {
    case removed, edited, reordered, inserted
  }

  @Test("a history in which an entry was changed joins no head signed before", arguments: Change.allCases)
  func consistency(change: Change) throws {
    var forged = all
    switch change {
    case .removed: forged.remove(at: 4)
    case .edited: forged[4] = [0xff]
    case .reordered: forged.swapAt(4, 5)
    case .inserted: forged.insert([0xff], at: 4)
    }
    forged += entries(3)
    let log = MemoryLog(forged)
    for first in 6...13 {
      let trusted = root(Array(all[..<first]))
      let path = try #require(log.proof(.consistency(from: UInt64(first), to: log.frontier.size)))
      let proof = ConsistencyProof(first: UInt64(first), second: log.frontier.size, path: path)
      #expect(!proof.verifies(firstRoot: trusted, secondRoot: log.frontier.root))
    }
  }

  @Test("a consistency proof of another size or path fails")
  func consistencyOfOthers() throws {
    let log = MemoryLog(all)
    let (older, newer) = (root(Array(all[..<11])), root(all))
    let path = try #require(log.proof(.consistency(from: 11, to: 21)))
    #expect(ConsistencyProof(first: 11, second: 21, path: path).verifies(firstRoot: older, secondRoot: newer))
    for first in 0...UInt64(21) where first != 11 {
      #expect(!ConsistencyProof(first: first, second: 21, path: path).verifies(firstRoot: older, secondRoot: newer))
    }
    for position in path.indices {
      var changed = path
      changed[position] = .empty
      #expect(!ConsistencyProof(first: 11, second: 21, path: changed).verifies(firstRoot: older, secondRoot: newer))
    }
    #expect(!ConsistencyProof(first: 11, second: 21, path: []).verifies(firstRoot: older, secondRoot: newer))
    #expect(
      !ConsistencyProof(first: 11, second: 21, path: path + [.empty]).verifies(firstRoot: older, secondRoot: newer))
    #expect(!ConsistencyProof(first: 21, second: 21, path: []).verifies(firstRoot: older, secondRoot: newer))
    #expect(!ConsistencyProof(first: 22, second: 21, path: []).verifies(firstRoot: newer, secondRoot: newer))
  }

  @Test("a head holds only with the signature of the log whose key was pinned")
  func heads() throws {
    let (key, other) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
    let head = TreeHead(timestamp: 1_790_000_000_000, size: 21, root: root(all))
    let signed = try SignedTreeHead(signing: head, with: key)
    #expect(signed.isSigned(by: key.publicKey))
    #expect(!signed.isSigned(by: other.publicKey))
    for change: (inout TreeHead) -> Void in [{ $0.size = 20 }, { $0.timestamp += 1 }, { $0.root = .empty }] {
      var altered = signed
      change(&altered.head)
      #expect(!altered.isSigned(by: key.publicKey))
    }
    #expect(!SignedTreeHead(head: head, signature: []).isSigned(by: key.publicKey))
  }

  @Test("what is signed is the structure of RFC 9162, byte for byte")
  func encoding() {
    let encoded = TreeHead(timestamp: 0x0102, size: 0x0304, root: .empty).encoded
    #expect(encoded == [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 32] + TreeHash.empty.bytes + [0, 0])
  }
}
