import Audit
import MerkleTree
import Policy

/// What is added to the log with some records: pure.
struct AuditGrowth: Sendable {
  private(set) var entries: [StoredEntry] = []
  /// The complete subtrees above the leaves.
  private(set) var nodes: [TreeFrontier.Node] = []
  /// The right edge afterwards.
  private(set) var frontier: TreeFrontier
  /// How many records the service and each of the parties have afterwards.
  private(set) var next: UInt64
  private(set) var parties: [PartyID: UInt64]

  /// - Throws: ``ServiceError`` when the log's right edge is not one.
  init(
    of state: LockAuditLog.State, with records: ArraySlice<AuditBatch.Element>, from first: UInt64, of service: String,
    parties counts: [PartyID: UInt64]
  ) throws {
    frontier = try state.frontier()
    next = first
    parties = counts
    entries.reserveCapacity(records.count)
    nodes.reserveCapacity(records.count + 64)
    for (record, bytes) in records {
      let partySequence = record.party.map { parties[$0, default: 0] } ?? 0
      let leaf = AuditLeaf.encoded(service, next, partySequence, record: bytes)
      entries.append(StoredEntry(leaf: leaf, record: record))
      nodes += frontier.append(.leaf(leaf)).dropFirst()
      if let party = record.party { parties[party] = partySequence + 1 }
      next += 1
    }
  }
}

/// An entry as it is stored.
struct StoredEntry: Sendable {
  var leaf: [UInt8]
  var record: AuditRecord
}
