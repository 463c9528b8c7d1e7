package import AIP
import Crypto

extension AuditRecord {
  /// SHA-256 of the hashes of an act's id, reason and result, which a service keeps in a table of its own: what the log
  /// has of them, so that they cannot be changed afterwards.
  package static func digest(ofAct id: RecordID, reason: String, result: [UInt8]) -> [UInt8] {
    let parts = [Array(id.description.utf8), Array(reason.utf8), result]
    return Array(SHA256.hash(data: parts.flatMap { SHA256.hash(data: $0) }))
  }
}
