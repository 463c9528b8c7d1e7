import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func listClosures(
    request: PBListClosuresRequest, context: ServerContext
  ) async throws -> PBListClosuresResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.closures
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.closures = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
