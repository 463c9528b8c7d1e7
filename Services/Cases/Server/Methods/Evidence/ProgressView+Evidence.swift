import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// Evidence as the contract shows it to the reader: an item whole, or not at all.
extension ProgressView {
  /// The classes of data that the register of evidence is of.
  static let evidenceClasses: DataClassSet = [.evidenceRegister]

  func show(_ item: EvidenceItem) -> PBEvidenceItem? {
    guard sight.sees(item) else { return nil }
    var message = PBEvidenceItem()
    set(item.account, in: &message)
    message.holder = item.holder.description
    message.custodian = item.custodian
    message.custodyState = .init(number: item.state)
    message.receiver = item.transfer?.holder?.description ?? ""
    message.legalHolds = item.holds.map { hold in
      .with {
        $0.event = hold.name
        $0.reason = hold.reason
        $0.createTime = Google_Protobuf_Timestamp(hold.createTime)
      }
    }
    message.disposalProposed = item.proposal != nil
    if let content = item.content {
      message.sizeBytes = content.size
      message.sha256 = .init(content.sha256)
      message.keyID = content.key.description
    }
    message.etag = item.etag.description
    message.updateTime = Google_Protobuf_Timestamp(item.updateTime)
    return message
  }

  private func set(_ account: EvidenceAccount, in message: inout PBEvidenceItem) {
    message.name = MemberName<EvidenceAccount>(account.caseID, account.item).description
    message.type = .init(number: account.type)
    message.originator = account.originator.description
    message.description_p = account.description
    message.collectedBy = account.collectedBy
    if let date = account.collected { message.collectedDate = PBPartialDate(date) }
    message.collectedPlace = account.collectedPlace
    message.mediaType = account.mediaType
    message.admissibilityNotes = account.admissibility
    if let date = account.retention { message.retentionDate = PBPartialDate(date) }
    message.classification = PBClassification(account.facts.classification)
    // The first account's identifier tells when it was made.
    let first = dossier.evidence.first { $0.id == account.item } ?? account
    message.createTime = Google_Protobuf_Timestamp(first.createTime)
  }

  func show(_ event: CustodyEvent, of item: EvidenceItem) -> PBCustodyEvent {
    .with {
      $0.name = event.name
      $0.kind = .init(number: event.kind)
      $0.party = event.party.description
      $0.holder = event.holder?.description ?? ""
      $0.custodian = event.custodian
      $0.reason = event.reason
      $0.answers = event.answers.map { CustodyEvent.name(event.caseID, event.item, $0) } ?? ""
      $0.open = item.isOpen(event)
      $0.createTime = Google_Protobuf_Timestamp(event.createTime)
    }
  }

  /// How many items the reader may know of.
  var itemCount: Int {
    dossier.items.count { sight.decision.disposition(.evidenceRegister, in: $0.account.facts).transform >= .countOnly }
  }

  /// What of a list is held back: depends on the reader and the case, never on what there is.
  var itemRedactions: [PBRedaction] {
    let found = sight.decision.disposition(.evidenceRegister)
    guard found.transform < .clear, found.transform != .absent else { return [] }
    let isCounted = found.transform >= .countOnly
    let fields = isCounted ? ["evidence_items"] : ["evidence_items", "total_size"]
    return fields.map { PBRedaction(Redacted($0, .evidenceRegister, isCounted ? .countOnly : .drop, found)) }
  }
}

extension CustodyEvent {
  private static let pattern = ResourceNamePattern(
    "cases/{case}/evidenceItems/{evidence_item}/custodyEvents/{custody_event}")

  static func name(_ caseID: RecordID, _ item: RecordID, _ id: RecordID) -> String {
    pattern.name(caseID.description, item.description, id.description)
  }

  /// `cases/{case}/evidenceItems/{evidence_item}/custodyEvents/{custody_event}`.
  var name: String { Self.name(caseID, item, id) }

  /// The identifier of an event of an item; nil for a text that is no such name.
  static func id(in name: String, of item: MemberName<EvidenceAccount>) -> RecordID? {
    guard let ids = pattern.ids(in: name), RecordID(ids[0]) == item.caseID, RecordID(ids[1]) == item.id else {
      return nil
    }
    return RecordID(ids[2])
  }
}
