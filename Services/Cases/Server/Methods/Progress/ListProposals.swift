import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listProposals(
    request: PBListProposalsRequest, context: ServerContext
  ) async throws -> PBListProposalsResponse {
    let page = try await reads.page(request, of: CaseName.self) { view, _ in
      view.dossier.proposals
    } show: { view, entry in
      try view.show(entry)
    }
    return .with {
      $0.proposals = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
