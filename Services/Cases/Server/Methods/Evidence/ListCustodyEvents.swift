import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func listCustodyEvents(
    request: PBListCustodyEventsRequest, context: ServerContext
  ) async throws -> PBListCustodyEventsResponse {
    let page = try await reads.page(
      request, context, of: MemberName<EvidenceAccount>.self, showing: ProgressView.evidenceClasses
    ) { view, name in
      try view.sight.item(name, view.dossier.items).events
    } show: { view, event in
      view.dossier.items.first { $0.id == event.item }.map { view.show(event, of: $0) }
    }
    return .with {
      $0.custodyEvents = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
