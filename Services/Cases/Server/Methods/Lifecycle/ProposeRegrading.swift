import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func proposeRegrading(
    request: PBProposeRegradingRequest, context: ServerContext
  ) async throws -> PBRegrading {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      try Etag(revision: dossier.head.revision).check(request.etag)
      let entry = try Regrading(request.regrading, change)
      let added =
        entry.from < entry.to ? try await change.raise(entry, dossier) : try await change.propose(entry, dossier)
      return try change.shown(added, dossier) { $0.show($1) }
    }
  }
}
