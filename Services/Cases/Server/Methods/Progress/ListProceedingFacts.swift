import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listProceedingFacts(
    request: PBListProceedingFactsRequest, context: ServerContext
  ) async throws -> PBListProceedingFactsResponse {
    let page = try await reads.page(request, of: MemberName<Proceeding>.self) { view, name in
      try view.facts(of: name)
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.facts = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
