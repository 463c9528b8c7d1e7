import AIP
import Policy
import Postgres

/// An item of evidence as its accounts and its chain of custody make it.
struct EvidenceItem: Hashable, Sendable, Identifiable {
  /// The last account.
  var account: EvidenceAccount
  private(set) var events: [CustodyEvent] = []
  /// Who holds it, and where.
  private(set) var holder: PartyID
  private(set) var custodian = ""
  /// The handing over that nobody has confirmed.
  private(set) var transfer: CustodyEvent?
  /// The holds that stand, the earliest first.
  private(set) var holds: [CustodyEvent] = []
  /// The disposal that nobody has confirmed.
  private(set) var proposal: CustodyEvent?
  /// What was stored; stays when it was destroyed.
  private(set) var content: CustodyEvent.Content?
  private(set) var isDisposed = false

  var id: RecordID { account.item }
  var caseID: RecordID { account.caseID }

  /// - Parameter events: of the item, the earliest first.
  init(_ account: EvidenceAccount, _ events: some Sequence<CustodyEvent>) {
    self.account = account
    holder = account.originator
    for event in events { take(event) }
  }

  var state: CustodyState { isDisposed ? .disposed : transfer == nil ? .held : .inTransfer }

  /// Changes with every account and every event.
  var etag: Etag { Etag(revision: account.revision + Int64(events.count)) }

  var updateTime: PostgresTimestamp { max(account.createTime, events.last?.createTime ?? account.createTime) }

  /// Whether an event that another answers has not been answered.
  func isOpen(_ event: CustodyEvent) -> Bool { ([transfer, proposal].compactMap(\.self) + holds).contains(event) }

  /// Adds what was done.
  mutating func take(_ event: CustodyEvent) {
    events.append(event)
    switch event.kind {
    case .recorded:
      holder = event.holder ?? holder
      custodian = event.custodian
    case .contentStored: content = event.content
    case .handedOver: transfer = event
    case .received:
      holder = event.holder ?? holder
      custodian = event.custodian
      transfer = nil
    case .holdPlaced:
      holds.append(event)
      proposal = nil
    case .holdLifted: holds.removeAll { $0.id == event.answers }
    case .disposalProposed: proposal = event
    case .disposed:
      proposal = nil
      isDisposed = true
    }
  }
}

extension Sequence<EvidenceAccount> {
  /// The items, in the order in which they came on record.
  ///
  /// - Parameter events: of all of them, the earliest first.
  func items(_ events: [CustodyEvent]) -> [EvidenceItem] {
    var last: [RecordID: EvidenceAccount] = [:]
    for account in self where account.revision > last[account.item]?.revision ?? 0 { last[account.item] = account }
    let chains = Dictionary(grouping: events, by: \.item)
    return last.values.sorted { $0.item < $1.item }.map { EvidenceItem($0, chains[$0.item] ?? []) }
  }
}
