import Crypto

@testable import MerkleTree

/// The definitions of RFC 9162, section 2.1, word for word and slow: what the log is checked against.
enum ReferenceTree {
  /// MTH of section 2.1.1.
  static func root(_ entries: ArraySlice<[UInt8]>) -> TreeHash {
    switch entries.count {
    case 0: return .empty
    case 1: return .leaf(entries[entries.startIndex])
    default:
      let middle = entries.startIndex + split(entries.count)
      return .node(root(entries[..<middle]), root(entries[middle...]))
    }
  }

  /// PATH of section 2.1.3.1.
  static func path(_ index: Int, _ entries: ArraySlice<[UInt8]>) -> [TreeHash] {
    guard entries.count > 1 else { return [] }
    let left = split(entries.count)
    let middle = entries.startIndex + left
    return index < left
      ? path(index, entries[..<middle]) + [root(entries[middle...])]
      : path(index - left, entries[middle...]) + [root(entries[..<middle])]
  }

  /// SUBPROOF of section 2.1.4.1; PROOF is the one of a whole tree.
  static func proof(_ first: Int, _ entries: ArraySlice<[UInt8]>, isWhole: Bool = true) -> [TreeHash] {
    guard first < entries.count else { return isWhole ? [] : [root(entries)] }
    let left = split(entries.count)
    let middle = entries.startIndex + left
    return first <= left
      ? proof(first, entries[..<middle], isWhole: isWhole) + [root(entries[middle...])]
      : proof(first - left, entries[middle...], isWhole: false) + [root(entries[..<middle])]
  }

  private static func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}

/// A log in memory, as a service keeps one in its tables.
struct MemoryLog {
  var frontier = TreeFrontier()
  var nodes: [NodeAddress: TreeHash] = [:]

  init(_ entries: [[UInt8]]) {
    for entry in entries {
      for node in frontier.append(.leaf(entry)) { nodes[node.address] = node.hash }
    }
  }

  func proof(_ plan: ProofPlan?) -> [TreeHash]? {
    plan.flatMap { $0.proof(from: $0.addresses.compactMap { nodes[$0] }) }
  }
}

/// Entries that differ.
func entries(_ count: Int) -> [[UInt8]] {
  (0..<count).map { Array("entry \($0)".utf8) }
}
