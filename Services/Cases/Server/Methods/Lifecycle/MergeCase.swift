import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func mergeCase(request: PBMergeCaseRequest, context: ServerContext) async throws -> PBCaseLifecycle {
    let name = try PartName<LifecyclePart>(parsing: request.name)
    let survivor = try CaseName(parsing: request.into, field: "into")
    guard survivor.id != name.caseID else { throw ServiceError.invalid("into", "is the case itself") }
    return try await ledger.record(request, asking: name, beside: [survivor.id], for: .write, [.core], context) {
      change, dossier in
      try Etag(revision: dossier.head.revision).check(request.etag)
      let sight = try await ledger.gate.sight(asking: survivor, for: change.sight.reader, in: change.transaction)
      try sight.require(.write, [.core])
      try dossier.check(stepTo: .merged, shown: [.reason, .survivingCase])
      try await change.checkStands(survivor)
      return try await change.take(.merged, into: survivor.id, dossier).lifecycle
    }
  }
}

extension CaseChange {
  /// - Throws: FAILED_PRECONDITION unless the case can stand for another: one that is merged itself cannot, and so there is
  ///   no circle.
  fileprivate func checkStands(_ survivor: CaseName) async throws {
    let head = try await transaction.execute(SelectCaseHead(id: survivor.id)).first
    guard let head, head.state.isHandled else {
      throw ServiceError(LifecycleRefusal.missing([.survivingCase]), on: survivor.description)
    }
  }
}
