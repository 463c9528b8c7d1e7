import Foundation
import VigilAccessAPI
import VigilTypeAPI

extension PBAuditEntry {
  /// An entry of the log as a line of a list.
  static let columns: [Column<PBAuditEntry>] = [
    Column("index", .right) { String($0.index) },
    Column("event_time") { $0.hasEventTime ? $0.eventTime.text : "" },
    Column("party") { $0.party },
    Column("principal") { $0.principal },
    Column("method") { $0.method },
    Column("resource") { $0.resource },
    Column("purpose") { label($0.purpose) },
    Column("data_classes") { $0.dataClasses.map { label($0) }.joined(separator: " ") },
    Column("allowed") { $0.leaf.isEmpty ? "" : $0.allowed ? "yes" : "no" },
    Column("service", for: .programs) { $0.service },
    Column("policy_version", for: .programs) { String($0.policyVersion) },
    Column("used_grants", for: .programs) { $0.usedGrants.joined(separator: " ") },
    Column("leaf_hash", for: .programs) { $0.leafHash.hexadecimal },
  ]
}

extension PBTreeHead {
  /// A head as lines of name and value.
  static let columns: [Column<PBTreeHead>] = [
    Column("tree_size", .right) { String($0.treeSize) },
    Column("root_hash") { $0.rootHash.hexadecimal },
    Column("sign_time") { $0.signTime.text },
    Column("key_id") { $0.keyID },
    Column("signature", for: .programs) { $0.signature.hexadecimal },
  ]
}
