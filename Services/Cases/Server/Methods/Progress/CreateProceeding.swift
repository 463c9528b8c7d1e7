import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createProceeding(
    request: PBCreateProceedingRequest, context: ServerContext
  ) async throws -> PBProceeding {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.hostProgress], context) { change, dossier in
      try change.shown(try await change.add(proceeding: request.proceeding), dossier) { $0.show($1) }
    }
  }
}
