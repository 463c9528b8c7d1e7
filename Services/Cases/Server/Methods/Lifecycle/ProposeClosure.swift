import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func proposeClosure(request: PBProposeClosureRequest, context: ServerContext) async throws -> PBClosure {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.core], context) { change, dossier in
      let closure = try Closure(request.closure, change)
      guard !dossier.closures.contains(where: { $0.state == .proposed }) else {
        throw ServiceError(.failedPrecondition, .resourceExists, "another closure waits")
      }
      // The second person is who confirms it.
      try dossier.check(closure, shown: [.secondPerson])
      return try change.shown(try await change.add(closure), dossier) { $0.show($1) }
    }
  }
}
