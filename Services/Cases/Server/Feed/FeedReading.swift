import AIP
import Authorization
import Policy
import PolicyPostgres
import Postgres

/// One consumer's reading of the feed: where it is, and by which rights. Asked for the next changes again and again, each
/// time by the rights that the consumer has then.
struct FeedReading {
  let feed: ChangeFeed
  private(set) var cursor: FeedCursor
  /// The rights that were found last, by what they were found from.
  private var known: (key: String, digest: [UInt8])?

  init(_ feed: ChangeFeed, from cursor: FeedCursor) {
    self.feed = feed
    self.cursor = cursor
  }

  /// Whether the reader's rights may be others than those of the last reading.
  func isChanged(_ reader: CaseReader) -> Bool { known?.key != Self.key(reader, Self.lens(reader)) }

  /// The next changes; none does not mean that there are no more, unless it is the last page.
  ///
  /// - Parameter most: how many are wanted.
  mutating func next(
    for reader: CaseReader, most: Int = ChangeFeed.window
  ) async throws -> (changes: [ShownChange], isLast: Bool) {
    let lens = Self.lens(reader)
    let rights = try await rights(of: reader, lens)
    if !cursor.rights.isEmpty, cursor.rights != rights {
      cursor.rights = rights
      let now = PostgresTimestamp(reader.requester.now)
      return ([ShownChange(kind: .rightsChanged, time: now, position: cursor.position)], false)
    }
    cursor.rights = rights
    let page = try await feed.page(after: cursor, for: reader, lens)
    cursor.horizon = page.horizon
    guard page.changes.count > most else {
      // Whoever has looked at everything is not behind what was compacted.
      cursor.position = page.isLast ? max(page.position, page.horizon) : page.position
      return (page.changes, page.isLast)
    }
    cursor.position = page.changes[most - 1].position
    return (Array(page.changes.prefix(most)), false)
  }

  // MARK: Rights

  private static func lens(_ reader: CaseReader) -> ChangeLens {
    ChangeLens(reader.requester.context, reader.requester.current)
  }

  private static func holds(_ reader: CaseReader) -> [CaseHold] {
    reader.requester.current.snapshot.holds.filter { $0.embargo.period.contains(reader.requester.now) }
  }

  private static func key(_ reader: CaseReader, _ lens: ChangeLens) -> String {
    let holds = holds(reader).map { "\($0.caseID) \($0.embargo.kind)" }.sorted()
    return lens.text + "\n" + holds.joined(separator: "\n")
  }

  /// A digest of what the reader may see. Of embargoes it has those only on cases that the reader would see: of others it
  /// is not to learn anything.
  private mutating func rights(of reader: CaseReader, _ lens: ChangeLens) async throws -> [UInt8] {
    let key = Self.key(reader, lens)
    if let known, known.key == key { return known.digest }
    let holds = Self.holds(reader)
    let seen = Set(try await feed.unheld(Array(Set(holds.map(\.caseID))), for: reader, lens))
    let felt = holds.filter { seen.contains($0.caseID) }.map { "\($0.caseID) \($0.embargo.kind)" }.sorted()
    let digest = QueryDigest(lens.text, felt.joined(separator: "\n")).bytes
    known = (key, digest)
    return digest
  }
}
