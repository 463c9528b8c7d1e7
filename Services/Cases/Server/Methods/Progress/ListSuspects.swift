import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listSuspects(
    request: PBListSuspectsRequest, context: ServerContext
  ) async throws -> PBListSuspectsResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.suspects
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.suspects = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
