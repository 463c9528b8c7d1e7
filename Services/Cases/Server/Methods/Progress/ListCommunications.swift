import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listCommunications(
    request: PBListCommunicationsRequest, context: ServerContext
  ) async throws -> PBListCommunicationsResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.communications
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.communications = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
