import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension DirectoryService {
  func listOrganisations(
    request: PBListOrganisationsRequest, context: ServerContext
  ) async throws -> PBListOrganisationsResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Organisation>(request, .organisations(at: visitor.now))
    let page = try await lists.page(plan, among: visitor.organisations)
    return .with {
      $0.organisations = page.records.map(PBOrganisation.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
