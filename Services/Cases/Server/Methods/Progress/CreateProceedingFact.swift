import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createProceedingFact(
    request: PBCreateProceedingFactRequest, context: ServerContext
  ) async throws -> PBProceedingFact {
    let name = try MemberName<Proceeding>(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.hostProgress], context) { change, dossier in
      let proceeding = try dossier.proceedings.named(name)
      let fact = try ProceedingFact(request.fact, of: proceeding, change, dossier)
      return try change.shown(try await change.add(fact), dossier) { $0.show($1) }
    }
  }
}
