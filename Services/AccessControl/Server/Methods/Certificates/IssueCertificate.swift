import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

extension CertificateService {
  func issueCertificate(request: PBIssueCertificateRequest, context: ServerContext) async throws -> PBCertificate {
    let name = try CertificateName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      guard var record = try await locked(name.serial, change), let principal = record.principal else {
        throw Self.unknown(request.name)
      }
      try visitor.require(
        visitor.administration.mayIssueCertificates && ![record.requester, principal].contains(visitor.principal))
      try Etag(revision: record.revision).check(request.etag)
      guard record.state == .requested else { throw ServiceError.ended("the request is past that") }
      guard Array(request.keyDigest) == record.keyDigest else {
        throw ServiceError(.failedPrecondition, .keyMismatch, "the key is not the one that was told")
      }
      let identity = try await change.identity(of: principal)
      let asked = try SigningRequest(pem: record.signingRequest, for: identity)
      let issued = try readyAuthority().issue(asked, to: identity, serial: record.serial, at: change.now)
      record.issue(issued, by: visitor.principal)
      record.revision += 1
      try await change.transaction.execute(UpsertCertificate(record: record))
      return PBCertificate(record)
    }
  }
}
