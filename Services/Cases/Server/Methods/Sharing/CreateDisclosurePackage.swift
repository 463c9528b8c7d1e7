import AIP
import Authorization
import Crypto
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension SharingService {
  func createDisclosurePackage(
    request: PBCreateDisclosurePackageRequest, context: ServerContext
  ) async throws -> PBDisclosurePackage {
    let name = try RecordName<PBSharingRequest>(parsing: request.sharingRequest, field: "sharing_request")
    let classes = try await approvedClasses(of: name)
    let key = try await key.ready()
    return try await register.change(request, name, etag: request.etag, changing: classes, context) { change, view in
      try change.sight.require(.write, [.privileged])
      var content = try PBSharingRequest(serializedBytes: view.record.content)
      let state = try view.sharingState(of: content)
      let shown = view.grounds(content, change).shown.union([.packageMade])
      try state.step(to: .packaged, shown: shown, of: name)
      // Nobody passes on what it may not, whoever approved it.
      try change.sight.require(.share, content.givenClasses)
      let disclosure = try await DisclosureDraft(view, content, change, register, name)
      let (record, document) = try disclosure.package(key: key, change)
      let package: PBDisclosurePackage = try await register.keep(record, change)
      try await change.transaction.execute(InsertDisclosureDocument(document: document, time: change.now))
      content.disclosurePackage = package.name
      var packaged = try view.next(content, change)
      packaged.state = SharingState.packaged.rawValue
      let _: PBSharingRequest = try await register.keep(packaged, change)
      return package
    }
  }

  /// What was approved, which does not change afterwards: the log says what is passed on.
  private func approvedClasses(of name: RecordName<PBSharingRequest>) async throws -> DataClassSet {
    let reader = try await register.reads.gate.readers.current()
    let view = try await register.reads.pool.withTransaction(isolation: .repeatableRead, readOnly: true) {
      transaction in
      _ = try await transaction.execute(SetScope(scope: reader.scope))
      return try await register.find(name, for: reader, in: transaction)
    }
    guard let view else { return PBSharingRequest.recordClasses }
    let content = try PBSharingRequest(serializedBytes: view.record.content)
    return PBSharingRequest.recordClasses.union(content.givenClasses)
  }
}
