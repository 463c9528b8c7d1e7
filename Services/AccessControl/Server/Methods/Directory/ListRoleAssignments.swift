import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension DirectoryService {
  func listRoleAssignments(
    request: PBListRoleAssignmentsRequest, context: ServerContext
  ) async throws -> PBListRoleAssignmentsResponse {
    let parent = try PrincipalName(parsing: request.parent, field: "parent")
    let visitor = try await visitors.current()
    let plan = try ListPlan<Role>(
      request, .roles(at: visitor.now), parent: (request.parent, .principal(parent.id)))
    _ = try await principal(parent, among: visitor.principals)
    let page = try await lists.page(plan, among: .all([]))
    return .with {
      $0.roleAssignments = page.records.map(PBRoleAssignment.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
