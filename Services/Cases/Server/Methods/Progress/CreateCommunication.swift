import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createCommunication(
    request: PBCreateCommunicationRequest, context: ServerContext
  ) async throws -> PBCommunication {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.communications], context) { change, dossier in
      let communication = try Communication(request.communication, change, dossier)
      return try change.shown(try await change.add(communication), dossier) { $0.show($1) }
    }
  }
}
