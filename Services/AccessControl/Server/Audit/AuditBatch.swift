import AIP
import Audit
import GRPCCore
import Policy

/// Records of one service, read.
struct AuditBatch: Sendable {
  typealias Element = (record: AuditRecord, bytes: [UInt8])

  let service: String
  let records: [Element]
  let parties: [PartyID]

  /// - Throws: INVALID_ARGUMENT for what is no record, and for one of a method of another service.
  init(_ records: [[UInt8]], of service: String) throws(ServiceError) {
    self.service = service
    var read: [Element] = []
    read.reserveCapacity(records.count)
    for (position, bytes) in records.enumerated() {
      let field = "records[\(position)]"
      guard let record = try? AuditRecord(encoded: bytes) else { throw .invalid(field, "is not a record") }
      guard Self.isMethod(record.method, of: service) else {
        throw .invalid(field, "is not of a method of the service")
      }
      read.append((record, bytes))
    }
    self.records = read
    parties = Array(Set(read.lazy.compactMap(\.record.party)))
  }

  /// `vigil.cases.…` and `vigil.cases/…` are of `cases`, `vigil.casesx.…` is not.
  private static func isMethod(_ method: String, of service: String) -> Bool {
    let prefix = "vigil.\(service)"
    guard method.hasPrefix(prefix) else { return false }
    let next = method.dropFirst(prefix.count).first
    return next == "." || next == "/"
  }
}
