import AIP
import Authorization
import GRPCCore
import Policy
import PolicyPostgres
import Postgres

/// Reads the feed for somebody.
struct ChangeFeed: Sendable {
  /// Rows that are looked at in one reading, and so the most changes of it.
  static let window = 1000

  /// What a reading gave.
  struct Page: Sendable {
    var changes: [ShownChange]
    /// Where to go on.
    var position: FeedPosition
    var horizon: FeedPosition
    /// Whether there was nothing more to look at.
    var isLast: Bool
  }

  let pool: PostgresPool
  let store: CaseStore

  /// The changes after a cursor that the reader is told of, of a number of rows.
  ///
  /// - Throws: OUT_OF_RANGE (CHANGES_COMPACTED) for a cursor from which changes are no longer kept.
  func page(after cursor: FeedCursor, for reader: CaseReader, _ lens: ChangeLens) async throws -> Page {
    let select = SelectChanges(after: cursor.position, limit: Self.window, lens: lens, scope: reader.scope)
    let (_, rows) = try await pool.execute(SetScope(scope: reader.scope), select)
    var changes: [FeedRow] = []
    var (end, horizon) = (cursor.position, FeedPosition.start)
    var isLast = true
    for row in rows {
      switch row {
      case .change(let change): changes.append(change)
      case .end(let position): (end, isLast) = (position, false)
      case .horizon(let position): horizon = position
      }
    }
    guard cursor.position == .start || cursor.isGood(beyond: horizon) else {
      throw ServiceError(
        .outOfRange, .changesCompacted, "changes after the cursor are no longer kept: begin without a cursor")
    }
    let shown = try await judge(FeedGroup.groups(of: changes), for: reader)
    return Page(changes: shown, position: end, horizon: horizon, isLast: isLast)
  }

  /// Where the feed stands.
  func end() async throws -> SelectFeedEnd.Row {
    guard let end = try await pool.execute(SelectFeedEnd()).first else {
      throw ServiceError(.internalError, .internalFault, "the feed has no end")
    }
    return end
  }

  /// Of the cases that are under an embargo those that the reader would see otherwise.
  func unheld(_ cases: [RecordID], for reader: CaseReader, _ lens: ChangeLens) async throws -> [RecordID] {
    guard !cases.isEmpty else { return [] }
    return try await pool.execute(SetScope(scope: reader.scope), SelectUnheld(cases: cases, lens: lens)).1
  }

  // MARK: What the database does not know

  private func judge(_ groups: [FeedGroup], for reader: CaseReader) async throws -> [ShownChange] {
    let facts = try await facts(of: groups.filter(\.isOpen))
    return groups.compactMap { group in
      guard group.isOpen else { return group.shown(nil, wasVisible: nil) }
      let now = facts.now[group.caseID].map { CaseSight(reader, $0) }
      let former = group.since.flatMap { facts.former[FormerCase(id: group.caseID, since: $0)] }
      return group.shown(now, wasVisible: former.map { reader.requester.decide($0).isVisible })
    }
  }

  private typealias Facts = (now: [RecordID: CaseFacts], former: [FormerCase: CaseFacts])

  /// The facts of cases as they are and, where they changed, as they were: of one moment.
  private func facts(of groups: [FeedGroup]) async throws -> Facts {
    guard !groups.isEmpty else { return ([:], [:]) }
    let ids = Array(Set(groups.map(\.caseID)))
    let former = groups.compactMap { group in group.since.map { FormerCase(id: group.caseID, since: $0) } }
    return try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      let (_, current, hats, values) = try await transaction.execute(
        SetScope(scope: .everything), SelectCaseFacts(cases: ids), SelectFormerHats(cases: former),
        SelectFormerFacts(cases: former))
      var facts: Facts = ([:], [:])
      for each in current { facts.now[each.id] = each }
      for former in former { facts.former[former] = facts.now[former.id] }
      for (former, value) in values { facts.former[former] = value }
      for former in former { facts.former[former]?.hats = [] }
      for (former, hat) in hats { facts.former[former]?.hats.append(hat) }
      return facts
    }
  }
}
