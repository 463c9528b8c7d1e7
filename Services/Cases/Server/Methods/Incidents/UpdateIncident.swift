import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension IncidentService {
  func updateIncident(request: PBUpdateIncidentRequest, context: ServerContext) async throws -> PBIncident {
    let name = try MemberName<IncidentAccount>(parsing: request.incident.name, field: "incident.name")
    let mask = try FieldMask(
      request.updateMask.paths, populated: IncidentAccount.fields.filled(by: request.incident).paths(),
      writable: IncidentAccount.fields.paths())
    let fields = IncidentAccount.fields.filter { mask.paths.contains($0.path) }
    let classes = fields.classes(with: [.core])
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      let former = try dossier.incident(name)
      try Etag(revision: former.revision).check(request.incident.etag)
      return try await change.add(try former.next(request.incident, fields, change), dossier)
    }
  }
}
