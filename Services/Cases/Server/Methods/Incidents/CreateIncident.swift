import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension IncidentService {
  func createIncident(request: PBCreateIncidentRequest, context: ServerContext) async throws -> PBIncident {
    let name = try CaseName(parsing: request.parent, field: "parent")
    let classes = IncidentAccount.fields.filled(by: request.incident).classes(with: [.core])
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      guard dossier.incidents.latest.count < 100 else {
        throw ServiceError.invalid("incident", "a case has at most 100 incidents")
      }
      return try await change.add(try IncidentAccount(request.incident, change), dossier)
    }
  }
}
