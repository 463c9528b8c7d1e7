import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func transitionCase(request: PBTransitionCaseRequest, context: ServerContext) async throws -> PBCaseLifecycle {
    let name = try PartName<LifecyclePart>(parsing: request.name)
    let target: Case.State = try FieldRules.word(request.state, field: "state")
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      try Etag(revision: dossier.head.revision).check(request.etag)
      try dossier.check(stepTo: target, shown: dossier.closureGrounds(hasDocument: false).shown.union([.reason]))
      return try await change.take(target, dossier).lifecycle
    }
  }
}
