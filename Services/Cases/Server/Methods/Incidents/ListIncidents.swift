import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension IncidentService {
  func listIncidents(
    request: PBListIncidentsRequest, context: ServerContext
  ) async throws -> PBListIncidentsResponse {
    let page = try await reads.page(
      request, context, of: CaseName.self, showing: ProgressView.incidentClasses
    ) { view, _ in
      view.dossier.incidents.latest
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.incidents = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
