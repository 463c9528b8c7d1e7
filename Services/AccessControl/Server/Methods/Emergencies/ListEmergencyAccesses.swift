import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension EmergencyService {
  func listEmergencyAccesses(
    request: PBListEmergencyAccessesRequest, context: ServerContext
  ) async throws -> PBListEmergencyAccessesResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Emergency>(request, .emergencies)
    let page = try await lists.page(plan, among: visitor.emergencies)
    return .with {
      $0.emergencyAccesses = page.records.map(PBEmergencyAccess.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
