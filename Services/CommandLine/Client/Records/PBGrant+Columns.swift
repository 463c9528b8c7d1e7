import Foundation
import VigilAccessAPI
import VigilTypeAPI

extension PBGrant: Tabular {
  /// A grant as a line of a list.
  static let columns: [Column<PBGrant>] = [
    Column("case") { $0.case },
    Column("grantee") { $0.grantee },
    Column("principal", for: .programs) { $0.principal },
    Column("data_classes") { $0.dataClasses.map { label($0) }.joined(separator: " ") },
    Column("purpose") { label($0.purpose) },
    Column("state") { label($0.state) },
    Column("start_time", for: .programs) { $0.startTime.text },
    Column("end_time") { $0.endTime.text },
    Column("legal_basis", for: .programs) { $0.legalBasis },
    Column("conditions", for: .programs) { $0.conditions.map { label($0) }.joined(separator: " ") },
    Column("fulfilled_conditions", for: .programs) { $0.fulfilledConditions.map { label($0) }.joined(separator: " ") },
    Column("lifted_caveats", for: .programs) { $0.liftedCaveats.map { label($0) }.joined(separator: " ") },
    Column("onward_sharing", for: .programs) { $0.onwardSharingAllowed ? "yes" : "no" },
    Column("cleared_by_legal", for: .programs) { $0.clearedByLegal ? "yes" : "no" },
    Column("requester", for: .programs) { $0.requester },
    Column("approver", for: .programs) { $0.approver },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBEmbargo: Tabular {
  /// An embargo as a line of a list.
  static let columns: [Column<PBEmbargo>] = [
    Column("case") { $0.case },
    Column("kind") { label($0.kind) },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("lifter", for: .programs) { $0.lifter },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBPolicy: Tabular {
  /// A policy without its text.
  static let columns: [Column<PBPolicy>] = [
    Column("version") { String($0.version) },
    Column("update_time") { $0.hasUpdateTime ? $0.updateTime.text : "" },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBPolicyApproval: Tabular {
  /// That somebody has agreed to a text.
  static let columns: [Column<PBPolicyApproval>] = [
    Column("digest") { $0.digest.hexadecimal },
    Column("approver") { $0.approver },
    Column("name") { $0.name },
  ]
}

extension Data {
  /// In lower case, two digits a byte.
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
