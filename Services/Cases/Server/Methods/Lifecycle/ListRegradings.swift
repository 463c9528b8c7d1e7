import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func listRegradings(
    request: PBListRegradingsRequest, context: ServerContext
  ) async throws -> PBListRegradingsResponse {
    let page = try await reads.page(request, context, of: CaseName.self) { view, _ in
      view.dossier.regradings
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.regradings = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
