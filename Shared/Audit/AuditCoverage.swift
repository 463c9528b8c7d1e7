package import MerkleTree
package import Policy

/// What a bundle holds of the log.
package enum AuditScope: Hashable, Sendable {
  /// Every entry.
  case log
  /// Entries of one party: every one, until the last that is there.
  case party(PartyID)
  /// Some.
  case selection
}

/// What a bundle that is to be believed has shown.
package struct AuditFindings: Hashable, Sendable {
  package var head: TreeHead
  package var keyID: String
  package var entries: UInt64
  package var scope: AuditScope
}

/// Which entries were seen, as far as it takes to know whether others were left out.
struct AuditCoverage {
  private(set) var count: UInt64 = 0
  private var last: UInt64?
  /// Nil when entries are of several parties, of none, or hashes.
  private var party: PartyID?
  private var isOfOneParty = true
  /// The first entry before which one is missing, of the log and of the party.
  private var gapInLog: UInt64?
  private var gapInParty: UInt64?

  /// - Returns: false for an entry that is not after the one before.
  mutating func add(index: UInt64, _ leaf: AuditLeaf?) -> Bool {
    if let last, index <= last { return false }
    if index != count, gapInLog == nil { gapInLog = index }
    if let own = leaf?.record.party, count == 0 || own == party {
      party = own
      if leaf?.partySequence != count, gapInParty == nil { gapInParty = index }
    } else {
      isOfOneParty = false
    }
    last = index
    count += 1
    return true
  }

  func scope(ofLogOf size: UInt64) -> AuditScope {
    if gapInLog == nil, count == size { return .log }
    if isOfOneParty, gapInParty == nil, let party { return .party(party) }
    return .selection
  }

  /// Before which entry one is missing; nil when there is none. (Who has no entries at all is not missing any.)
  func gap(in scope: AuditScope, size: UInt64) -> Int64? {
    guard scope == .selection, count > 0 else { return nil }
    let isParty = isOfOneParty && party != nil
    return Int64(clamping: (isParty ? gapInParty : gapInLog) ?? size)
  }
}
