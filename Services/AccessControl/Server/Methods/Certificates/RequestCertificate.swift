import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

extension CertificateService {
  func requestCertificate(
    request: PBRequestCertificateRequest, context: ServerContext
  ) async throws -> PBCertificate {
    let principal = try PrincipalName(parsing: request.principal, field: "principal").id
    return try await ledger.record(request, context) { change in
      try change.visitor.require(change.visitor.administration.mayRequestCertificates)
      let identity = try await change.identity(of: principal)
      let asked = try SigningRequest(pem: request.signingRequest, for: identity)
      let record = try CertificateRecord(asked, of: principal, requester: change.visitor.principal, change)
      try await change.transaction.execute(UpsertCertificate(record: record))
      return PBCertificate(record)
    }
  }
}

extension CertificateRecord {
  /// A new one, with a serial number of its own.
  init(
    _ asked: SigningRequest, of principal: RecordID, requester: RecordID, _ change: Change
  ) throws(ServiceError) {
    guard let serial = SerialNumber(change.newID()) else {
      throw ServiceError(.internalError, .internalFault, "there is no serial number")
    }
    self.init(
      serial: serial, principal: principal, keyDigest: asked.keyDigest, signingRequest: asked.pem,
      requester: requester, createTime: change.now)
  }
}
