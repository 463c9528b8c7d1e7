import AIP
import Audit
import AuditOutbox
import Authorization
import Crypto
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

extension SharingService {
  func downloadDisclosurePackage(
    request: PBDownloadDisclosurePackageRequest, context: ServerContext
  ) async throws -> PBDownloadDisclosurePackageResponse {
    let name = try RecordName<PBDisclosurePackage>(parsing: request.name)
    let reader = try await register.reads.gate.readers.current()
    return try await register.recordingRefusal(of: name, to: reader, context) {
      try await register.ledger.pool.withTransaction { transaction in
        _ = try await transaction.execute(SetScope(scope: .everything), LockVersions<ExchangeRecord>(id: name.id))
        let reader = try await register.reads.gate.readers.current()
        let view = try await register.shown(name, to: reader, in: transaction)
        // It is made for nobody else, not for who made it either.
        guard view.isOwn else { throw ServiceError.refused }
        let package = try PBDisclosurePackage(view)
        try await deliver(view, package, in: transaction)
        let select = SelectDisclosureDocuments(selection: .package(name.id))
        guard let document = try await transaction.execute(select).first,
          Data(SHA256.hash(data: document.bytes)) == package.sha256
        else { throw ServiceError(.internalError, .internalFault, "a document is not what was packaged") }
        // On record with what it makes of the request, before the document leaves.
        try await transaction.execute(InsertAuditRecords([AuditRecord(of: package, to: reader, context)]))
        return .with {
          $0.document = Data(document.bytes)
          $0.sha256 = package.sha256
        }
      }
    }
  }

  /// Has the request say that its document was fetched.
  ///
  /// - Throws: FAILED_PRECONDITION (RESOURCE_ENDED) when it may not be, or no longer.
  private func deliver(
    _ view: ExchangeView, _ package: PBDisclosurePackage, in transaction: PostgresTransaction
  ) async throws {
    let name = try RecordName<PBSharingRequest>(parsing: package.sharingRequest)
    _ = try await transaction.execute(LockVersions<ExchangeRecord>(id: name.id))
    let asked = try await register.shown(name, to: view.sight.reader, in: transaction)
    let content = try PBSharingRequest(serializedBytes: asked.record.content)
    let state = try asked.sharingState(of: content)
    let isOver = PostgresTimestamp(package.expireTime).map { $0 <= view.now } ?? true
    guard try view.state(PackageState.self) == .ready, state.isDelivery, !isOver else {
      throw ServiceError(.failedPrecondition, .resourceEnded, "the package is revoked, withdrawn or has expired")
    }
    guard state == .packaged else { return }
    try state.step(to: .delivered, shown: [.documentFetched], of: name)
    var record = asked.record.next(by: view.sight.principal, at: register.ledger.clock.now())
    record.state = SharingState.delivered.rawValue
    _ = try await transaction.execute(EndVersion(next: record), InsertVersion(record: record))
  }

  func revokeDisclosurePackage(
    request: PBRevokeDisclosurePackageRequest, context: ServerContext
  ) async throws -> PBDisclosurePackage {
    let name = try RecordName<PBDisclosurePackage>(parsing: request.name)
    return try await register.change(request, name, etag: request.etag, context) { change, view in
      try change.sight.require(.write, [.privileged])
      try view.state(PackageState.self).step(to: .revoked, shown: [], of: name)
      var content = try PBDisclosurePackage(serializedBytes: view.record.content)
      content.revokeTime = Google_Protobuf_Timestamp(change.now)
      var record = try view.next(content, change)
      record.state = PackageState.revoked.rawValue
      return try await register.keep(record, change)
    }
  }
}

extension AuditRecord {
  /// That a document was fetched.
  fileprivate init(of package: PBDisclosurePackage, to reader: CaseReader, _ context: ServerContext) {
    let requester = reader.requester
    self.init(
      time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
      party: requester.party, resource: package.name, purpose: requester.purpose,
      classes: DataClassSet(package.dataClasses.compactMap { DataClass($0) }), policyVersion: requester.policyVersion)
  }
}
