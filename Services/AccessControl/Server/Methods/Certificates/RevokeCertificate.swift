import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

extension CertificateService {
  func revokeCertificate(request: PBRevokeCertificateRequest, context: ServerContext) async throws -> PBCertificate {
    let name = try CertificateName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      try await change.transaction.execute(LockCertificates())
      guard var record = try await locked(name.serial, change) ?? foreign(name.serial, request, change) else {
        throw Self.unknown(request.name)
      }
      try visitor.require(visitor.administration.mayRevokeCertificates || record.principal == visitor.principal)
      try Etag(revision: record.revision).check(request.etag)
      guard record.state != .revoked else { throw ServiceError.ended("the certificate was revoked already") }
      record.state = .revoked
      record.revokeTime = change.now
      record.revision += 1
      try await change.transaction.execute(UpsertCertificate(record: record))
      try await change.transaction.execute(RevokeCertificates(serial: record.serial, time: change.now))
      return PBCertificate(record)
    }
  }

  /// One that was made elsewhere, to be put on record as what must not be used; nil unless the request means that and the
  /// caller may.
  private func foreign(
    _ serial: SerialNumber, _ request: PBRevokeCertificateRequest, _ change: Change
  ) -> CertificateRecord? {
    guard request.allowMissing, change.visitor.administration.mayRevokeCertificates else { return nil }
    return CertificateRecord(
      serial: serial, principal: nil, keyDigest: [], signingRequest: "",
      period: Period(from: .distantPast, until: .distantFuture), createTime: change.now)
  }
}
