import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension DirectoryService {
  func listPrincipals(
    request: PBListPrincipalsRequest, context: ServerContext
  ) async throws -> PBListPrincipalsResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Principal>(request, .principals(at: visitor.now))
    let page = try await lists.page(plan, among: visitor.principals)
    return .with {
      $0.principals = page.records.map(PBPrincipal.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
