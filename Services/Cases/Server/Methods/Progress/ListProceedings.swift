import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listProceedings(
    request: PBListProceedingsRequest, context: ServerContext
  ) async throws -> PBListProceedingsResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.proceedings
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.proceedings = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
