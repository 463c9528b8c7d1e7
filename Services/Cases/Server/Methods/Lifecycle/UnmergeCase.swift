import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func unmergeCase(request: PBUnmergeCaseRequest, context: ServerContext) async throws -> PBCaseLifecycle {
    let name = try PartName<LifecyclePart>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      try Etag(revision: dossier.head.revision).check(request.etag)
      let state = dossier.head.state
      guard state == .merged, let former = dossier.transitions.last?.from else {
        throw ServiceError(LifecycleRefusal.notAllowed(after: state, allowed: state.next), on: name.description)
      }
      try dossier.check(stepTo: former, shown: [.reason, .separation])
      return try await change.take(former, dossier).lifecycle
    }
  }
}
