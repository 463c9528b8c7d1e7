import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension IncidentService {
  func listIncidentAccounts(
    request: PBListIncidentAccountsRequest, context: ServerContext
  ) async throws -> PBListIncidentAccountsResponse {
    let page = try await reads.page(
      request, context, of: MemberName<IncidentAccount>.self, showing: ProgressView.incidentClasses
    ) { view, name in
      let incident = try view.dossier.incident(name).incident
      return view.dossier.incidents.filter { $0.incident == incident }.sorted { $0.revision < $1.revision }
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.incidents = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
