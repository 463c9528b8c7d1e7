import MerkleTree
package import VigilAccessAPI

/// Checks what the log gave out, part by part as it comes, trusting nothing but the keys and the head that the reader
/// kept itself.
package struct AuditVerifier {
  /// Whether entries may be missing between those given.
  package enum Extent: Hashable, Sendable {
    /// All of the log, or all of one party, is expected: a gap is a fault.
    case complete
    /// A filter chose.
    case selection
  }

  private let keys: AuditKeys
  private let known: PBTreeHead?
  private let extent: Extent
  private var head: (signed: SignedTreeHead, keyID: String)?
  private var isConsistent: Bool
  private var coverage = AuditCoverage()

  /// - Parameter known: a head that the reader kept: the log must have grown from it and from nothing else.
  package init(keys: AuditKeys, known: PBTreeHead? = nil, extent: Extent = .complete) {
    self.keys = keys
    self.known = known
    self.extent = extent
    isConsistent = known == nil
  }

  /// Takes the next part.
  ///
  /// - Throws: ``AuditFault``; the bundle is not to be believed then.
  package mutating func take(_ part: PBAuditBundlePart) throws(AuditFault) {
    switch (part.part, head) {
    case (.treeHead(let message), nil): head = (try signed(message), message.keyID)
    case (.consistencyProof(let message), let head?): try takeProof(message, head.signed.head)
    case (.entry(let message), let head?): try takeEntry(message, head.signed.head)
    default: throw .malformed
    }
  }

  /// What the bundle has shown, when there is no more of it.
  package func finish() throws(AuditFault) -> AuditFindings {
    guard let head else { throw .malformed }
    if let known, !isConsistent { try requireSame(known, head.signed.head) }
    let scope = coverage.scope(ofLogOf: head.signed.head.size)
    if extent == .complete, let gap = coverage.gap(in: scope, size: head.signed.head.size) {
      throw .missing(before: gap)
    }
    return AuditFindings(head: head.signed.head, keyID: head.keyID, entries: coverage.count, scope: scope)
  }

  private func signed(_ message: PBTreeHead) throws(AuditFault) -> SignedTreeHead {
    guard let signed = message.signed else { throw .malformed }
    guard let key = keys.key(message.keyID) else { throw .unknownKey(message.keyID) }
    guard signed.isSigned(by: key) else { throw .signature }
    return signed
  }

  private func trusted(_ known: PBTreeHead) throws(AuditFault) -> TreeHead {
    do {
      return try signed(known).head
    } catch {
      throw .knownHead
    }
  }

  private mutating func takeProof(_ message: PBConsistencyProof, _ head: TreeHead) throws(AuditFault) {
    guard let proof = message.proof else { throw .malformed }
    // Without a head of one's own there is nothing to hold it against.
    guard let known else { return }
    let older = try trusted(known)
    guard older.size <= head.size else { throw .shorter }
    guard proof.first == older.size, proof.second == head.size else { throw .noConsistency }
    guard proof.verifies(firstRoot: older.root, secondRoot: head.root) else { throw .rewritten }
    isConsistent = true
  }

  /// Heads that need no proof to be joined: every tree begins with the empty one, and with itself.
  private func requireSame(_ known: PBTreeHead, _ head: TreeHead) throws(AuditFault) {
    let older = try trusted(known)
    guard older.size <= head.size else { throw .shorter }
    if older.size == head.size {
      guard older.root == head.root else { throw .rewritten }
    } else if older.size > 0 {
      throw .noConsistency
    }
  }

  private mutating func takeEntry(_ message: PBProvenEntry, _ head: TreeHead) throws(AuditFault) {
    let (entry, index) = (message.entry, message.entry.index)
    let leaf = try leaf(entry)
    guard let hash = TreeHash(bytes: entry.leafHash), let proof = message.proof.proof,
      proof.index == UInt64(exactly: index), proof.size == head.size, proof.verifies(leaf: hash, root: head.root)
    else { throw .notIncluded(index: index) }
    guard coverage.add(index: proof.index, leaf) else { throw .disordered(index: index) }
  }

  /// What the entry's bytes say; nil when only its hash was given.
  private func leaf(_ entry: PBAuditEntry) throws(AuditFault) -> AuditLeaf? {
    let index = entry.index
    guard !entry.leaf.isEmpty else {
      // Whatever else it says, nothing vouches for it.
      guard let hash = TreeHash(bytes: entry.leafHash), let place = UInt64(exactly: index),
        entry == PBAuditEntry(hash, at: place)
      else { throw .disguised(index: index) }
      return nil
    }
    guard let leaf = try? AuditLeaf(encoded: entry.leaf), let place = UInt64(exactly: index) else {
      throw .unreadable(index: index)
    }
    guard PBAuditEntry(leaf, at: place) == entry else { throw .disguised(index: index) }
    return leaf
  }
}
