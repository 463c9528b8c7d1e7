import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBSubmission: Tabular {
  /// A submission as a line of a list.
  static let columns: [Column<PBSubmission>] = [
    Column("party") { $0.party },
    Column("state") { label($0.state) },
    Column("audience") { label($0.audience) + ($0.hostState.isEmpty ? "" : " \($0.hostState)") },
    Column("subject") { $0.subject },
    Column("case") { $0.case },
    Column("description", for: .programs) { $0.description_p },
    Column("text", for: .programs) { $0.text },
    Column("legal_basis", for: .programs) { $0.legalBasis },
    Column("document", for: .programs) { $0.document },
    Column("results", for: .programs) { $0.results.joined(separator: " ") },
    Column("answer", for: .programs) { $0.answer },
    Column("consents", for: .programs) {
      $0.consents.filter { !$0.hasWithdrawTime }.map(\.recipient).joined(separator: " ")
    },
    Column("next_states", for: .programs) { labels($0.nextStates) },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBSharingRequest: Tabular {
  /// A request for data as a line of a list.
  static let columns: [Column<PBSharingRequest>] = [
    Column("party") { $0.party },
    Column("state") { label($0.state) },
    Column("data_classes") { labels($0.approvedClasses.isEmpty ? $0.dataClasses : $0.approvedClasses) },
    Column("purpose") { label($0.purpose) },
    Column("case") { $0.case },
    Column("legal_basis", for: .programs) { $0.legalBasis },
    Column("safeguards", for: .programs) {
      $0.safeguards.map { "\(label($0.kind)) \(label($0.outcome))" }.joined(separator: "; ")
    },
    Column("conditions", for: .programs) { $0.conditions.joined(separator: "; ") },
    Column("expire_time", for: .programs) { $0.hasExpireTime ? $0.expireTime.text : "" },
    Column("answer", for: .programs) { $0.answer },
    Column("next_states", for: .programs) { labels($0.nextStates) },
    Column("disclosure_package") { $0.disclosurePackage },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBDisclosurePackage: Tabular {
  /// A package as a line of a list.
  static let columns: [Column<PBDisclosurePackage>] = [
    Column("number") { $0.number },
    Column("party") { $0.party },
    Column("state") { label($0.state) },
    Column("data_classes") { labels($0.dataClasses) },
    Column("purpose", for: .programs) { label($0.purpose) },
    Column("conditions", for: .programs) { $0.conditions.joined(separator: "; ") },
    Column("size_bytes", .right) { String($0.sizeBytes) },
    Column("sha256", for: .programs) { $0.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() },
    Column("expire_time") { $0.expireTime.text },
    Column("revoke_time", for: .programs) { $0.hasRevokeTime ? $0.revokeTime.text : "" },
    Column("case", for: .programs) { $0.case },
    Column("sharing_request", for: .programs) { $0.sharingRequest },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}
