import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func refuseClosure(request: PBRefuseClosureRequest, context: ServerContext) async throws -> PBClosure {
    let name = try MemberName<Closure>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      let closure = try await change.decide(name, etag: request.etag, .refused, among: dossier.closures)
      return try change.shown(closure, dossier) { $0.show($1) }
    }
  }
}
