import AIP
import Policy

/// What must be for something to be done with an item of evidence.
enum CustodyCondition: String, CaseIterable {
  case secondPerson = "SECOND_PERSON"
  case handedOver = "HANDED_OVER"
  case notInTransfer = "NOT_IN_TRANSFER"
  case noLegalHold = "NO_LEGAL_HOLD"
  case retentionOver = "RETENTION_OVER"
  case proposed = "DISPOSAL_PROPOSED"
  case holdStands = "HOLD_STANDS"
  case noContent = "NO_CONTENT"
  case content = "CONTENT"

  /// What would satisfy it.
  var remedy: String {
    switch self {
    case .secondPerson: "Have another person confirm it."
    case .handedOver: "Have the holder hand the item over first."
    case .notInTransfer: "Have the receiver confirm the receipt first."
    case .noLegalHold: "Lift every legal hold first."
    case .retentionOver: "Wait until the retention is over; give a retention date if there is none."
    case .proposed: "Propose the disposal first."
    case .holdStands: "Name a legal hold that stands."
    case .content: "Upload the content first."
    case .noContent: "Put another item on record for other content."
    }
  }
}

/// Why something cannot be done with an item of evidence.
enum CustodyRefusal: Error, Hashable {
  /// It is not this person's to do.
  case notYours
  /// The item was disposed of.
  case disposed
  /// What is missing.
  case missing(Set<CustodyCondition>)
}

// What may be done, as values: nothing is written here.
extension EvidenceItem {
  /// Whether the party may hand it over.
  func checkHandOver(by party: PartyID) throws(CustodyRefusal) {
    try checkStanding()
    guard party == holder else { throw .notYours }
  }

  /// The handing over that a receipt confirms.
  func checkReceipt(by person: RecordID, of party: PartyID) throws(CustodyRefusal) -> CustodyEvent {
    try checkStanding()
    guard let transfer else { throw .missing([.handedOver]) }
    guard transfer.holder == party else { throw .notYours }
    guard transfer.author != person else { throw .missing([.secondPerson]) }
    return transfer
  }

  func checkStanding() throws(CustodyRefusal) {
    if isDisposed { throw .disposed }
  }

  /// The hold to be lifted.
  ///
  /// - Parameter id: nil for the only one.
  func checkLifting(_ id: RecordID?) throws(CustodyRefusal) -> CustodyEvent {
    try checkStanding()
    let found = holds.filter { id == nil || $0.id == id }
    guard let hold = found.first, found.count == 1 else { throw .missing([.holdStands]) }
    return hold
  }

  /// Whether content can be uploaded: no if there is other content.
  func checkUpload(size: Int64, sha256: [UInt8]) throws(CustodyRefusal) {
    try checkStanding()
    if let content, content.size != size || content.sha256 != sha256 { throw .missing([.noContent]) }
  }

  /// The content to be read.
  func checkDownload() throws(CustodyRefusal) -> CustodyEvent.Content {
    try checkStanding()
    guard let content else { throw .missing([.content]) }
    return content
  }

  func checkDisposal(today: PartialDate) throws(CustodyRefusal) {
    try checkStanding()
    var missing: Set<CustodyCondition> = []
    if transfer != nil { missing.insert(.notInTransfer) }
    if !holds.isEmpty { missing.insert(.noLegalHold) }
    if !(account.retention?.isOver(before: today) ?? false) { missing.insert(.retentionOver) }
    guard missing.isEmpty else { throw .missing(missing) }
  }

  /// The proposal that is confirmed.
  func checkDisposal(confirmedBy person: RecordID, today: PartialDate) throws(CustodyRefusal) -> CustodyEvent {
    try checkDisposal(today: today)
    guard let proposal else { throw .missing([.proposed]) }
    guard proposal.author != person else { throw .missing([.secondPerson]) }
    return proposal
  }
}
