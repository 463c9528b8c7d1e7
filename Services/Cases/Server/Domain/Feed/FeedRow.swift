import AIP
import Policy
import Postgres

/// A row of the feed, with what the database says of it to a reader.
struct FeedRow: Sendable {
  var position: FeedPosition
  var caseID: RecordID
  var part: ChangePart
  var isCreation: Bool
  var time: PostgresTimestamp
  /// From where on the facts are others by which the case is seen; nil where they are not.
  var since: Int64?
  var owners: [PartyID]
  /// Whether the reader sees something of what changed.
  var isSeen: Bool
  /// Of the case as it is; nil of a case that the reader does not see.
  var revision: Int64?
  /// Whether the reader sees that, and when, the case changes: `ShownCase.showsChanges`.
  var showsChanges: Bool
}

/// Rows of one case that one transaction wrote one after another: they are told as one change.
struct FeedGroup: Sendable {
  var rows: [FeedRow]

  var caseID: RecordID { rows[0].caseID }
  var position: FeedPosition { rows[rows.count - 1].position }
  /// From where on who sees the case may have changed.
  var since: Int64? { rows.compactMap(\.since).min() }
  /// Whether the policy is to be asked about it here: the database does not know.
  var isOpen: Bool { rows.contains { $0.since != nil || $0.isOfWriters } }

  /// The rows in order, put together.
  static func groups(of rows: [FeedRow]) -> [FeedGroup] {
    var groups: [FeedGroup] = []
    for row in rows {
      if let last = groups.last?.rows.last, last.caseID == row.caseID,
        last.position.transaction == row.position.transaction
      {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append(FeedGroup(rows: [row]))
      }
    }
    return groups
  }
}

extension FeedRow {
  /// Whether it is told to those who may write such records, and to whose record it is.
  var isOfWriters: Bool { part == .proposals || part == .decisions }

  fileprivate func isSeen(by sight: CaseSight?) -> Bool {
    guard isOfWriters, let sight, sight.decision.isVisible else { return isSeen }
    switch part {
    case .proposals:
      return owners.contains(sight.party) || sight.mayWrite(.hostProgress) && sight.mayWrite(.suspectIdentity)
    default: return sight.mayWrite(.core)
    }
  }
}

/// A change as a consumer is told of it.
struct ShownChange: Hashable, Sendable {
  enum Kind: Int, Sendable {
    case created = 1
    case changed, appeared, withdrawn, rightsChanged
  }

  var kind: Kind
  /// Nil of no case in particular.
  var caseID: RecordID?
  var parts: [ChangePart] = []
  /// Nil where it is not shown.
  var revision: Int64?
  var time: PostgresTimestamp
  var position: FeedPosition
}

extension FeedGroup {
  /// What the consumer is told; nil for nothing.
  ///
  /// - Parameters:
  ///   - now: how it stands to the case, where the policy was asked.
  ///   - wasVisible: whether it saw the case before, where that may have changed.
  func shown(_ now: CaseSight?, wasVisible: Bool?) -> ShownChange? {
    let isVisible = now?.decision.isVisible ?? rows.contains { $0.revision != nil }
    let parts = Set(rows.filter { $0.isSeen(by: now) }.map(\.part)).sorted { $0.rawValue < $1.rawValue }
    var change = ShownChange(
      kind: .changed, caseID: caseID, parts: parts, revision: rows.lazy.compactMap(\.shownRevision).first,
      time: rows[0].time, position: position)
    switch (wasVisible ?? isVisible, isVisible) {
    case (false, true): change.kind = .appeared
    case (true, false):
      change.kind = .withdrawn
      change.parts = []
      change.revision = nil
    case (false, false): return nil
    case (true, true):
      guard !parts.isEmpty else { return nil }
      if rows.contains(where: { $0.isCreation && $0.isSeen }) { change.kind = .created }
    }
    return change
  }
}

extension FeedRow {
  fileprivate var shownRevision: Int64? { showsChanges ? revision : nil }
}
