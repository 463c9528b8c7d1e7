import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension GrantService {
  func listEmbargoes(request: PBListEmbargoesRequest, context: ServerContext) async throws -> PBListEmbargoesResponse {
    let parent = try CaseName(parsing: request.parent, field: "parent")
    let visitor = try await visitors.current()
    // An embargo tells of what it protects.
    try visitor.require(visitor.administration.decidesGrants)
    let plan = try ListPlan<Hold>(request, .holds(at: visitor.now), parent: (request.parent, .caseID(parent.id)))
    _ = try await sights.sight(of: parent.id, by: visitor)
    let page = try await lists.page(plan, among: .all([]))
    return .with {
      $0.embargoes = page.records.map(PBEmbargo.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
