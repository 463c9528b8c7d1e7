import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension IncidentService {
  func getIncident(request: PBGetIncidentRequest, context: ServerContext) async throws -> PBIncident {
    let name = try MemberName<IncidentAccount>(parsing: request.name)
    let view = try await reads.view(
      of: name, context, at: request.hasReadTime ? request.readTime : nil, showing: ProgressView.incidentClasses)
    guard let shown = view.show(try view.dossier.incident(name)) else { throw ServiceError.notFound(name) }
    return shown
  }
}

extension Dossier {
  /// The last account of an incident.
  ///
  /// - Throws: NOT_FOUND when the case has no such incident.
  func incident(_ name: MemberName<IncidentAccount>) throws(ServiceError) -> IncidentAccount {
    guard let found = incidents.latest.first(where: { $0.incident == name.id }) else { throw .notFound(name) }
    return found
  }
}
