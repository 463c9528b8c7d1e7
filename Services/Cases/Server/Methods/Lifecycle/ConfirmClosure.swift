import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func confirmClosure(request: PBConfirmClosureRequest, context: ServerContext) async throws -> PBClosure {
    let name = try MemberName<Closure>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      let closure = try await change.decide(name, etag: request.etag, .confirmed, among: dossier.closures)
      // What the record showed when it was proposed it may no longer show.
      try dossier.check(closure, shown: [.secondPerson])
      _ = try await change.take(.closed, because: closure, dossier)
      return try change.shown(closure, dossier) { $0.show($1) }
    }
  }
}
