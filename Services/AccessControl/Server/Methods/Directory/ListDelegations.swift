import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension DirectoryService {
  func listDelegations(
    request: PBListDelegationsRequest, context: ServerContext
  ) async throws -> PBListDelegationsResponse {
    let parent = try PrincipalName(parsing: request.parent, field: "parent")
    let visitor = try await visitors.current()
    let plan = try ListPlan<Handover>(
      request, .handovers(at: visitor.now), parent: (request.parent, .principal(parent.id)))
    _ = try await principal(parent, among: visitor.principals)
    let page = try await lists.page(plan, among: visitor.handovers)
    return .with {
      $0.delegations = page.records.map(PBDelegation.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
