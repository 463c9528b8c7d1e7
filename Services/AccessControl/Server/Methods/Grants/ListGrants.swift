import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension GrantService {
  func listGrants(request: PBListGrantsRequest, context: ServerContext) async throws -> PBListGrantsResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Permit>(request, .permits(at: visitor.now))
    let page = try await lists.page(plan, among: visitor.permits)
    return .with {
      $0.grants = page.records.map(PBGrant.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
