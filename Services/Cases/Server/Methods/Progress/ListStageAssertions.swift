import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func listStageAssertions(
    request: PBListStageAssertionsRequest, context: ServerContext
  ) async throws -> PBListStageAssertionsResponse {
    let page = try await reads.page(request, of: MemberName<Track>.self) { view, name in
      try view.testimonies(of: name)
    } show: { view, entry in
      view.show(entry)
    }
    return .with {
      $0.assertions = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
