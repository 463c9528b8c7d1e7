import AIP
import Policy
import Postgres
import Testing

@testable import CasesServer

@Suite("What is done with an item of evidence")
struct EvidenceItemTests {
  private static let (mission, court) = (PartyID("untso")!, PartyID("EGY")!)
  private static let (anna, bruno) = (RecordID(high: 0, low: 1), RecordID(high: 0, low: 2))
  private static let today = PartialDate(daysSince1970: 19_000)
  private static let time = PostgresTimestamp(secondsSince1970: 1_700_000_000)

  private static func account(retention: PartialDate? = nil) -> EvidenceAccount {
    EvidenceAccount(
      id: anna, caseID: anna, item: anna, revision: 1, type: .photograph, originator: mission, description: "Gate",
      retention: retention, author: anna, createTime: time)
  }

  private static func event(
    _ kind: CustodyEvent.Kind, _ number: UInt64, holder: PartyID? = nil, by author: RecordID = anna,
    answers: UInt64? = nil
  ) -> CustodyEvent {
    CustodyEvent(
      id: RecordID(high: 1, low: number), caseID: anna, item: anna, kind: kind, party: mission, holder: holder,
      reason: "test", answers: answers.map { RecordID(high: 1, low: $0) }, author: author, createTime: time)
  }

  private static let recorded = event(.recorded, 1, holder: mission)
  private static let handedOver = event(.handedOver, 2, holder: court)
  private static let received = event(.received, 3, holder: court, by: bruno, answers: 2)
  private static let held = event(.holdPlaced, 4)
  private static let heldAgain = event(.holdPlaced, 5)
  private static let lifted = event(.holdLifted, 6, answers: 4)
  private static let proposed = event(.disposalProposed, 7)
  private static let disposed = event(.disposed, 8, by: bruno, answers: 7)

  private static func item(_ events: CustodyEvent..., retention: PartialDate? = nil) -> EvidenceItem {
    EvidenceItem(account(retention: retention), [recorded] + events)
  }

  private static func refusal(_ body: () throws(CustodyRefusal) -> some Any) -> CustodyRefusal? {
    do throws(CustodyRefusal) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  @Test("the chain of custody tells who holds it, where it is, and what stands open")
  func chain() {
    let new = Self.item()
    #expect(new.holder == Self.mission && new.state == .held && new.transfer == nil && !new.isOpen(Self.recorded))
    let moving = Self.item(Self.handedOver)
    #expect(moving.holder == Self.mission && moving.state == .inTransfer && moving.isOpen(Self.handedOver))
    let moved = Self.item(Self.handedOver, Self.received)
    #expect(moved.holder == Self.court && moved.state == .held && !moved.isOpen(Self.handedOver))
    let holds = Self.item(Self.held, Self.heldAgain, Self.lifted)
    #expect(holds.holds == [Self.heldAgain] && !holds.isOpen(Self.held) && holds.isOpen(Self.heldAgain))
    #expect(Self.item(Self.proposed).proposal == Self.proposed)
    #expect(Self.item(Self.proposed, Self.held).proposal == nil)
    #expect(Self.item(Self.proposed, Self.disposed).state == .disposed)
    // Each of them is another etag.
    let chains = [new, moving, moved, holds].map(\.etag)
    #expect(chains == [2, 3, 4, 5].map { Etag(revision: $0) })
  }

  @Test("the holder hands over, the receiver confirms, and neither does both")
  func parties() {
    #expect(Self.refusal { () throws(CustodyRefusal) in try Self.item().checkHandOver(by: Self.mission) } == nil)
    #expect(Self.refusal { () throws(CustodyRefusal) in try Self.item().checkHandOver(by: Self.court) } == .notYours)
    // Again before it is received: the last time counts.
    #expect(
      Self.refusal { () throws(CustodyRefusal) in try Self.item(Self.handedOver).checkHandOver(by: Self.mission) }
        == nil)
    func receipt(_ item: EvidenceItem, _ person: RecordID, _ party: PartyID) -> CustodyRefusal? {
      Self.refusal { () throws(CustodyRefusal) in try item.checkReceipt(by: person, of: party) }
    }
    #expect(receipt(Self.item(), Self.bruno, Self.court) == .missing([.handedOver]))
    #expect(receipt(Self.item(Self.handedOver), Self.bruno, Self.court) == nil)
    #expect(receipt(Self.item(Self.handedOver), Self.bruno, Self.mission) == .notYours)
    #expect(receipt(Self.item(Self.handedOver), Self.anna, Self.court) == .missing([.secondPerson]))
    #expect(receipt(Self.item(Self.handedOver, Self.received), Self.bruno, Self.court) == .missing([.handedOver]))
  }

  @Test("a hold is lifted by its name, or alone without")
  func holds() {
    func lifting(_ item: EvidenceItem, _ id: RecordID?) -> CustodyRefusal? {
      Self.refusal { () throws(CustodyRefusal) in try item.checkLifting(id) }
    }
    #expect(lifting(Self.item(), nil) == .missing([.holdStands]))
    #expect(lifting(Self.item(Self.held), nil) == nil && lifting(Self.item(Self.held), Self.held.id) == nil)
    #expect(lifting(Self.item(Self.held), Self.heldAgain.id) == .missing([.holdStands]))
    #expect(lifting(Self.item(Self.held, Self.heldAgain), nil) == .missing([.holdStands]))
    #expect(lifting(Self.item(Self.held, Self.heldAgain), Self.held.id) == nil)
    #expect(lifting(Self.item(Self.held, Self.lifted), Self.held.id) == .missing([.holdStands]))
  }

  @Test("it is disposed of when nothing keeps it, by two persons, and then nothing is done with it any more")
  func disposal() {
    let past = PartialDate(daysSince1970: 18_999)
    func proposal(_ item: EvidenceItem) -> CustodyRefusal? {
      Self.refusal { () throws(CustodyRefusal) in try item.checkDisposal(today: Self.today) }
    }
    #expect(proposal(Self.item()) == .missing([.retentionOver]))
    #expect(proposal(Self.item(retention: Self.today)) == .missing([.retentionOver]))
    #expect(proposal(Self.item(retention: past)) == nil)
    #expect(proposal(Self.item(Self.held, retention: past)) == .missing([.noLegalHold]))
    #expect(proposal(Self.item(Self.handedOver, retention: past)) == .missing([.notInTransfer]))
    #expect(
      proposal(Self.item(Self.held, Self.handedOver))
        == .missing([.noLegalHold, .notInTransfer, .retentionOver]))
    func confirmation(_ item: EvidenceItem, _ person: RecordID) -> CustodyRefusal? {
      Self.refusal { () throws(CustodyRefusal) in try item.checkDisposal(confirmedBy: person, today: Self.today) }
    }
    #expect(confirmation(Self.item(retention: past), Self.bruno) == .missing([.proposed]))
    #expect(confirmation(Self.item(Self.proposed, retention: past), Self.anna) == .missing([.secondPerson]))
    #expect(confirmation(Self.item(Self.proposed, retention: past), Self.bruno) == nil)
    #expect(
      confirmation(Self.item(Self.proposed, Self.held, Self.lifted, retention: past), Self.bruno)
        == .missing([.proposed]))
    let gone = Self.item(Self.proposed, Self.disposed, retention: past)
    #expect(proposal(gone) == .disposed && confirmation(gone, Self.bruno) == .disposed)
    #expect(Self.refusal { () throws(CustodyRefusal) in try gone.checkHandOver(by: Self.mission) } == .disposed)
    #expect(Self.refusal { () throws(CustodyRefusal) in try gone.checkDownload() } == .disposed)
    #expect(Self.refusal { () throws(CustodyRefusal) in try gone.checkUpload(size: 1, sha256: []) } == .disposed)
  }

  @Test("what a witness says is strictly confidential, whatever it is said to be")
  func witness() {
    var account = Self.account()
    #expect(account.facts == RecordFacts(owners: [Self.mission]))
    account.type = .witnessStatement
    #expect(account.facts.classification == .strictlyConfidential)
  }

  static let impossible: [(String, @Sendable (inout EvidenceAccount) -> Void)] = [
    ("description", { $0.description = "" }), ("collected_date", { $0.collected = PartialDate(daysSince1970: 19_001) }),
    ("collected_date", { $0.collected = PartialDate(daysSince1970: 17_999) }),
    ("media_type", { $0.mediaType = "jpeg" }),
    ("media_type", { $0.mediaType = "image/" }), ("media_type", { $0.mediaType = "image/jpeg/x" }),
    ("media_type", { $0.mediaType = "image/j peg" }), ("media_type", { $0.mediaType = "../etc" }),
  ]

  @Test("what cannot be is refused", arguments: impossible.indices)
  func refused(_ index: Int) {
    var account = Self.account()
    account.mediaType = "image/svg+xml"
    account.collected = Self.today
    func fault(_ account: EvidenceAccount) -> String? {
      do throws(RecordFault) {
        try account.check(incident: PartialDate(daysSince1970: 18_000), today: Self.today)
        return nil
      } catch {
        return error.field
      }
    }
    #expect(fault(account) == nil)
    Self.impossible[index].1(&account)
    #expect(fault(account) == Self.impossible[index].0)
  }
}
