import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension EvidenceAccount {
  /// What people write of it.
  static let fields: [RecordField<EvidenceAccount, PBEvidenceItem>] = [
    .word("type", .evidenceRegister, { $0.type }) { $0.type = $1 },
    .text("description", .evidenceRegister, limit: 2000, { $0.description_p }) { $0.description = $1 },
    .text("collected_by", .evidenceRegister, limit: 200, { $0.collectedBy }) { $0.collectedBy = $1 },
    .date("collected_date", .evidenceRegister, { $0.hasCollectedDate ? $0.collectedDate : nil }) { $0.collected = $1 },
    .text("collected_place", .evidenceRegister, limit: 200, { $0.collectedPlace }) { $0.collectedPlace = $1 },
    .text("media_type", .evidenceRegister, limit: 100, { $0.mediaType }) { $0.mediaType = $1 },
    RecordField("admissibility_notes", .evidenceRegister) {
      !$0.admissibilityNotes.isEmpty
    } write: { account, message, field in
      account.admissibility = try FieldRules.prose(message.admissibilityNotes, field: field, limit: 4000)
    },
    .date("retention_date", .evidenceRegister, { $0.hasRetentionDate ? $0.retentionDate : nil }) { $0.retention = $1 },
    RecordField("classification", .evidenceRegister) {
      $0.classification != .unspecified
    } write: { account, message, field in
      guard message.classification != .unspecified else { return account.classification = .unclassified }
      guard let number = UInt8(exactly: message.classification.rawValue - 1),
        let classification = Classification(rawValue: number)
      else { throw ServiceError.invalid(field, "must be UNCLASSIFIED, CONFIDENTIAL or STRICTLY_CONFIDENTIAL") }
      account.classification = classification
    },
  ]

  /// The first account of an item.
  init(_ message: PBEvidenceItem, _ change: CaseChange) throws {
    let id = change.newID()
    let field = "evidence_item.originator"
    self.init(
      id: id, caseID: change.caseID, item: id, revision: 1, type: .other,
      originator: message.originator.isEmpty
        ? change.sight.party : try FieldRules.party(message.originator, field: field),
      author: change.author, createTime: change.now)
    try Self.fields.write(message, to: &self, as: "evidence_item")
  }

  /// The next account, in which the fields are those of the message.
  ///
  /// - Throws: FAILED_PRECONDITION for one that would be less sensitive: that is not one person's to say.
  func next(
    _ message: PBEvidenceItem, _ fields: [RecordField<EvidenceAccount, PBEvidenceItem>], _ change: CaseChange
  ) throws -> EvidenceAccount {
    var next = self
    next.id = change.newID()
    next.revision += 1
    next.author = change.author
    next.createTime = change.now
    try fields.write(message, to: &next, as: "evidence_item")
    guard next.facts.classification >= facts.classification else {
      throw ServiceError(
        .failedPrecondition, .secondPersonRequired, "one person alone cannot make an item less sensitive")
    }
    return next
  }
}
