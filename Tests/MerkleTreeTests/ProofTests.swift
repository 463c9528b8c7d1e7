import Testing

@testable import MerkleTree

@Suite("Proofs")
struct ProofTests {
  static let largest = 33

  @Test("of inclusion: every leaf of every tree")
  func inclusion() throws {
    let all = entries(Self.largest)
    let log = MemoryLog(all)
    for size in 1...all.count {
      let root = ReferenceTree.root(all[..<size])
      for index in 0..<size {
        let path = try #require(log.proof(.inclusion(of: UInt64(index), size: UInt64(size))))
        #expect(path == ReferenceTree.path(index, all[..<size]))
        let proof = InclusionProof(index: UInt64(index), size: UInt64(size), path: path)
        #expect(proof.verifies(leaf: .leaf(all[index]), root: root))
      }
    }
  }

  @Test("of consistency: every two trees")
  func consistency() throws {
    let all = entries(Self.largest)
    let log = MemoryLog(all)
    for second in 1...all.count {
      for first in 1...second {
        let path = try #require(log.proof(.consistency(from: UInt64(first), to: UInt64(second))))
        #expect(path == ReferenceTree.proof(first, all[..<second]))
        let proof = ConsistencyProof(first: UInt64(first), second: UInt64(second), path: path)
        #expect(
          proof.verifies(
            firstRoot: ReferenceTree.root(all[..<first]),
            secondRoot: ReferenceTree.root(all[..<second])
          )
        )
      }
    }
  }

  @Test("there are none of what is not there")
  func impossible() {
    #expect(ProofPlan.inclusion(of: 5, size: 5) == nil)
    #expect(ProofPlan.inclusion(of: 0, size: 0) == nil)
    #expect(ProofPlan.consistency(from: 0, to: 5) == nil)
    #expect(ProofPlan.consistency(from: 6, to: 5) == nil)
    #expect(ProofPlan.inclusion(of: 2, size: 7)?.proof(from: []) == nil)
  }

  @Test("in a log of a thousand million entries read some sixty nodes at most")
  func size() throws {
    let plan = try #require(ProofPlan.inclusion(of: 123_456_789, size: 1_000_000_007))
    #expect(plan.addresses.count <= 60)
    #expect(Set(plan.addresses).count == plan.addresses.count)
  }
}
