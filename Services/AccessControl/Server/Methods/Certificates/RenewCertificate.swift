import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

extension CertificateService {
  func renewCertificate(request: PBRenewCertificateRequest, context: ServerContext) async throws -> PBCertificate {
    // Whoever proves itself otherwise has nothing to renew.
    guard let present = Caller.current.certificate else { throw ServiceError.refused }
    return try await ledger.record(request, context) { change in
      try await change.transaction.execute(LockCertificates())
      // It may have been revoked since the caller was let in.
      guard try await change.transaction.execute(IsRevoked(serial: present)) == [false] else {
        throw ServiceError.refused
      }
      let principal = change.visitor.principal
      let identity = try await change.identity(of: principal)
      let asked = try SigningRequest(pem: request.signingRequest, for: identity)
      var record = try CertificateRecord(asked, of: principal, requester: principal, change)
      record.predecessor = present
      record.issue(
        try readyAuthority().issue(asked, to: identity, serial: record.serial, at: change.now), by: nil)
      try await change.transaction.execute(UpsertCertificate(record: record))
      return PBCertificate(record)
    }
  }
}
