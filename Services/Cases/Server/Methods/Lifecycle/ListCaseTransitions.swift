import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func listCaseTransitions(
    request: PBListCaseTransitionsRequest, context: ServerContext
  ) async throws -> PBListCaseTransitionsResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.transitions
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.caseTransitions = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
