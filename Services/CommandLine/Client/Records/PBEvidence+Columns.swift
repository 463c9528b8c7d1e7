import Foundation
import VigilCasesAPI
import VigilTypeAPI

extension PBEvidenceItem: CaseRow {
  static let columns: [Column<PBEvidenceItem>] = [
    Column("type") { label($0.type) },
    Column("description") { $0.description_p },
    Column("originator") { $0.originator },
    Column("holder") { $0.holder },
    Column("custodian", for: .programs) { $0.custodian },
    Column("custody_state") { label($0.custodyState) },
    Column("receiver") { $0.receiver },
    Column("holds") { $0.legalHolds.isEmpty ? "" : String($0.legalHolds.count) },
    Column("disposal_proposed", for: .programs) { $0.disposalProposed ? "yes" : "" },
    Column("retention_date") { $0.hasRetentionDate ? $0.retentionDate.text : "" },
    Column("classification", for: .programs) { label($0.classification) },
    Column("collected_by", for: .programs) { $0.collectedBy },
    Column("collected_date", for: .programs) { $0.hasCollectedDate ? $0.collectedDate.text : "" },
    Column("collected_place", for: .programs) { $0.collectedPlace },
    Column("admissibility_notes", for: .programs) { $0.admissibilityNotes },
    Column("media_type", for: .programs) { $0.mediaType },
    Column("size_bytes") { $0.sizeBytes == 0 ? "" : String($0.sizeBytes) },
    Column("sha256", for: .programs) {
      $0.sha256.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    },
    Column("key_id", for: .programs) { $0.keyID },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBCustodyEvent: CaseRow {
  static let columns: [Column<PBCustodyEvent>] = [
    Column("time") { $0.createTime.text },
    Column("kind") { label($0.kind) },
    Column("party") { $0.party },
    Column("holder") { $0.holder },
    Column("custodian") { $0.custodian },
    Column("open") { $0.open ? "yes" : "" },
    Column("reason") { $0.reason },
    Column("answers", for: .programs) { $0.answers },
    Column("name") { $0.name },
  ]
}
