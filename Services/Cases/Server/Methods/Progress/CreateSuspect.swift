import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createSuspect(
    request: PBCreateSuspectRequest, context: ServerContext
  ) async throws -> PBSuspect {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.suspectIdentity], context) { change, dossier in
      let suspect = try Suspect(request.suspect, change)
      return try change.shown(try await change.add(suspect), dossier) { $0.show($1) }
    }
  }
}
