import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listTimeline(
    request: PBListTimelineRequest, context: ServerContext
  ) async throws -> PBListTimelineResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.timeline
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.entries = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
