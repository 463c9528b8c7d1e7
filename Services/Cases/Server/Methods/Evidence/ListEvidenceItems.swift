import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension EvidenceService {
  func listEvidenceItems(
    request: PBListEvidenceItemsRequest, context: ServerContext
  ) async throws -> PBListEvidenceItemsResponse {
    var (count, redactions) = (0, [PBRedaction]())
    let page = try await reads.page(
      request, context, of: CaseName.self, showing: ProgressView.evidenceClasses
    ) { view, _ in
      (count, redactions) = (view.itemCount, view.itemRedactions)
      return view.dossier.items
    } show: { view, item in
      view.show(item)
    }
    return .with {
      $0.evidenceItems = page.shown
      $0.nextPageToken = page.nextPageToken
      $0.totalSize = Int32(count)
      $0.redactions = redactions
    }
  }
}
