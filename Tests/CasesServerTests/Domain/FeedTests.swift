import AIP
import Policy
import Postgres
import Testing

@testable import CasesServer

@Suite("Values of the change feed")
struct FeedTests {
  @Test func aCursorIsReadAsItWasWritten() {
    let cursor = FeedCursor(
      position: FeedPosition(transaction: 7, id: .max), horizon: FeedPosition(transaction: -1, id: 3),
      rights: Array(0..<16))
    #expect(FeedCursor(bytes: cursor.bytes) == cursor)
    #expect(FeedCursor(bytes: Array(cursor.bytes.dropLast())) == nil && FeedCursor(bytes: []) == nil)
  }

  @Test(
    "a cursor is good from the horizon on, or where nothing was compacted since",
    arguments: [(5, 4, 4, true), (4, 0, 4, true), (3, 0, 4, false), (3, 4, 4, true), (3, 4, 5, false)])
  func good(position: Int64, known: Int64, horizon: Int64, isGood: Bool) {
    func place(_ number: Int64) -> FeedPosition { FeedPosition(transaction: number, id: 0) }
    let cursor = FeedCursor(position: place(position), horizon: place(known))
    #expect(cursor.isGood(beyond: place(horizon)) == isGood)
  }

  private func row(
    _ transaction: Int64, _ id: Int64, of number: UInt64 = 1, _ part: ChangePart = .case, isSeen: Bool = true,
    isCreation: Bool = false, since: Int64? = nil, revision: Int64? = 1
  ) -> FeedRow {
    FeedRow(
      position: FeedPosition(transaction: transaction, id: id), caseID: RecordID(high: 0, low: number), part: part,
      isCreation: isCreation, time: .infinity, since: since, owners: [], isSeen: isSeen, revision: revision,
      showsChanges: true)
  }

  @Test func rowsOfOneTransactionAndCaseAreOneChange() {
    let groups = FeedGroup.groups(of: [
      row(1, 1), row(1, 2, .victims), row(2, 3), row(2, 4, of: 2), row(2, 5),
    ])
    #expect(groups.map { $0.rows.map(\.position.id) } == [[1, 2], [3], [4], [5]])
    #expect(groups[0].shown(nil, wasVisible: nil)?.parts == [.case, .victims])
    #expect(groups[0].position == FeedPosition(transaction: 1, id: 2))
  }

  @Test(
    "what a change is called follows from what was seen before and is seen now",
    arguments: [
      (true, true, ShownChange.Kind?.some(.changed)), (false, true, .appeared), (true, false, .withdrawn),
      (false, false, nil),
    ])
  func kinds(before: Bool, now: Bool, kind: ShownChange.Kind?) {
    let group = FeedGroup(rows: [row(1, 1, isSeen: now, since: 1, revision: now ? 4 : nil)])
    let shown = group.shown(nil, wasVisible: before)
    #expect(shown?.kind == kind && shown?.revision == (kind == nil || !now ? nil : 4))
    #expect(shown?.parts == (kind == nil ? nil : now ? [.case] : []))
  }

  @Test func whatIsNotSeenIsNotTold() {
    #expect(FeedGroup(rows: [row(1, 1, isSeen: false)]).shown(nil, wasVisible: nil) == nil)
    #expect(FeedGroup(rows: [row(1, 1, isSeen: false, revision: nil)]).shown(nil, wasVisible: nil) == nil)
    #expect(FeedGroup(rows: [row(1, 1, isCreation: true)]).shown(nil, wasVisible: nil)?.kind == .created)
  }
}
