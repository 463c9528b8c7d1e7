import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func confirmRegrading(
    request: PBConfirmRegradingRequest, context: ServerContext
  ) async throws -> PBRegrading {
    let name = try MemberName<Regrading>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .read, [.core], context) { change, dossier in
      try change.requireDowngrader()
      let decided = try await change.decide(
        name, etag: request.etag, .confirmed, among: dossier.regradings)
      try await change.lower(decided, dossier)
      return try change.shown(decided, dossier) { $0.show($1) }
    }
  }
}
