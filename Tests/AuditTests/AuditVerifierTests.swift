import Crypto
import FoundationEssentials
import MerkleTree
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI

@testable import Audit

@Suite("What a reader of the log believes, and what not")
struct AuditVerifierTests {
  let log = SampleLog(23)

  @Test("the whole log, one party's entries, a selection, hashes: each for what it is")
  func good() throws {
    #expect(try verify(log.bundle()).scope == .log)
    #expect(try verify(log.bundle(isMasked: true)).scope == .log)
    let own = try verify(log.bundle { $0.record.party == PartyID("KEN") })
    #expect(own.scope == PartyID("KEN").map { .party($0) } && own.entries == 6)
    let some = try verify(log.bundle { $0.serviceSequence % 5 == 1 }, extent: .selection)
    #expect(some.scope == .selection && some.entries == 5)
    let findings = try verify(log.bundle { _ in false })
    #expect(findings.entries == 0 && findings.head.size == 23 && findings.keyID == SampleLog.key.publicKey.keyID)
    #expect(try verify(SampleLog(0).bundle()).scope == .log)
  }

  @Test("a head that was kept joins what came after it", arguments: 1...22)
  func grown(_ size: Int) throws {
    let known = try SampleLog(size).head()
    #expect(try verify(log.bundle(known: UInt64(size)), known: known).scope == .log)
    #expect(throws: AuditFault.noConsistency) { try verify(log.bundle(), known: known) }
  }

  @Test("a head that was kept joins itself and the empty one anything")
  func same() throws {
    #expect(try verify(log.bundle(), known: log.head()).scope == .log)
    #expect(try verify(log.bundle(), known: SampleLog(0).head()).scope == .log)
    #expect(throws: AuditFault.shorter) { try verify(log.bundle(), known: SampleLog(24).head()) }
  }

  @Test("a proof is of the sizes that were signed, and of no others")
  func sizes() throws {
    #expect(throws: AuditFault.shorter) { try verify(log.bundle(known: 15), known: SampleLog(24).head()) }
    var parts = try log.bundle(known: 15)
    parts[1].consistencyProof.firstTreeSize = 14
    #expect(throws: AuditFault.noConsistency) { try verify(parts, known: SampleLog(15).head()) }
    // The same path would do in a tree of three.
    parts = try SampleLog(4).bundle()
    parts[1].entry.proof.treeSize = 3
    #expect(throws: AuditFault.notIncluded(index: 0)) { try verify(parts) }
  }

  @Test("an entry whose bytes were changed is found out, whatever it says it is")
  func edited() throws {
    var changed = log
    changed.leaves[6].record.isAllowed.toggle()
    // The old tree with the new entry.
    var parts = try log.bundle()
    parts[7].entry.entry = changed.entry(6).entry
    #expect(throws: AuditFault.notIncluded(index: 6)) { try verify(parts) }
    // The bytes as they were, and something else beside them.
    parts = try log.bundle()
    parts[7].entry.entry.allowed.toggle()
    #expect(throws: AuditFault.disguised(index: 6)) { try verify(parts) }
    parts = try log.bundle()
    parts[7].entry.entry.leaf = Data([1, 2, 3])
    #expect(throws: AuditFault.unreadable(index: 6)) { try verify(parts) }
    // Nothing vouches for what is said without the bytes.
    parts = try log.bundle(isMasked: true)
    parts[7].entry.entry.resource = "cases/1"
    #expect(throws: AuditFault.disguised(index: 6)) { try verify(parts) }
  }

  @Test("an entry that is missing is missed, of the log and of a party", arguments: 0..<23)
  func removed(_ index: Int) throws {
    let all = try log.bundle { $0.serviceSequence != UInt64(index) }
    #expect(throws: AuditFault.missing(before: Int64(index + 1))) { try verify(all) }
    let party = log.leaves[index].record.party
    let own = try log.bundle { $0.record.party == party && $0.serviceSequence != UInt64(index) }
    guard party != nil, index < 20 else { return }
    #expect(throws: AuditFault.missing(before: Int64(index + 4))) { try verify(own) }
  }

  @Test("entries in another order, or twice, are found out")
  func reordered() throws {
    var parts = try log.bundle()
    parts.swapAt(5, 6)
    #expect(throws: AuditFault.disordered(index: 4)) { try verify(parts, extent: .selection) }
    parts = try log.bundle()
    parts.insert(parts[5], at: 6)
    #expect(throws: AuditFault.disordered(index: 4)) { try verify(parts, extent: .selection) }
    parts = try log.bundle(isMasked: true)
    (parts[5].entry.entry.index, parts[6].entry.entry.index) = (5, 4)
    #expect(throws: AuditFault.notIncluded(index: 5)) { try verify(parts) }
  }

  enum Change: CaseIterable { case edited, removed, swapped, inserted }

  @Test(
    "another history, signed with the log's own key, does not join the head that was kept", arguments: Change.allCases)
  func forked(_ change: Change) throws {
    let known = try SampleLog(15).head()
    var other = log
    switch change {
    case .edited: other.leaves[6].record.isAllowed.toggle()
    case .removed: other.leaves.remove(at: 6)
    case .swapped: other.leaves.swapAt(6, 7)
    case .inserted: other.leaves.insert(other.leaves[20], at: 6)
    }
    #expect(throws: AuditFault.rewritten) {
      try verify(other.bundle(known: 15), known: known, extent: .selection)
    }
    // Of the same size too.
    other.leaves = Array(other.leaves.prefix(15))
    #expect(throws: AuditFault.rewritten) { try verify(other.bundle(), known: known, extent: .selection) }
    // To whoever kept nothing one history is as good as another.
    #expect(throws: Never.self) { try verify(other.bundle(), extent: .selection) }
  }

  @Test("only the keys that were pinned count")
  func keys() throws {
    let other = Curve25519.Signing.PrivateKey()
    var parts = try log.bundle()
    parts[0].treeHead = try log.head(other)
    #expect(throws: AuditFault.unknownKey(other.publicKey.keyID)) { try verify(parts) }
    // Under the id of one that was pinned.
    parts[0].treeHead.keyID = SampleLog.key.publicKey.keyID
    #expect(throws: AuditFault.signature) { try verify(parts) }
    #expect(throws: AuditFault.knownHead) { try verify(log.bundle(), known: log.head(other)) }
    #expect(throws: AuditFault.knownHead) { try verify(log.bundle(known: 3), known: SampleLog(3).head(other)) }
    // A key that follows another is pinned beside it.
    let both = AuditKeys([SampleLog.key.publicKey, other.publicKey])
    parts[0].treeHead = try log.head(other)
    #expect(try verify(parts, known: log.head(), keys: both).keyID == other.publicKey.keyID)
  }

  @Test("what is no bundle is none")
  func malformed() throws {
    #expect(throws: AuditFault.malformed) { try verify([]) }
    #expect(throws: AuditFault.malformed) { try verify(Array(log.bundle().dropFirst())) }
    #expect(throws: AuditFault.malformed) { try verify(log.bundle() + [log.bundle()[0]]) }
    #expect(throws: AuditFault.malformed) { try verify(log.bundle() + [PBAuditBundlePart()]) }
    var parts = try log.bundle()
    parts[0].treeHead.treeSize = -1
    #expect(throws: AuditFault.malformed) { try verify(parts) }
    parts = try log.bundle()
    parts[0].treeHead.signTime.nanos += 1
    #expect(throws: AuditFault.malformed) { try verify(parts) }
    // A proof for another tree.
    parts = try log.bundle()
    parts[3].entry.proof = SampleLog(20).entry(2).proof
    #expect(throws: AuditFault.notIncluded(index: 2)) { try verify(parts) }
  }

  @Test("pinned keys are lines of id and key, and nothing else")
  func keyFiles() {
    let line = SampleLog.key.publicKey.auditLine
    #expect(AuditKeys(text: "# the log of Vigil\n\n\(line)  # 2026\n")?.key(SampleLog.key.publicKey.keyID) != nil)
    let other = Curve25519.Signing.PrivateKey().publicKey
    for text in [
      "", "# nothing", String(line.dropLast()), line + "0", "\(other.keyID) \(line.split(separator: " ")[1])",
    ] {
      #expect(AuditKeys(text: text) == nil, "\(text)")
    }
  }
}
