import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension EmergencyService {
  func listLockdowns(request: PBListLockdownsRequest, context: ServerContext) async throws -> PBListLockdownsResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Lock>(request, .locks(at: visitor.now))
    let page = try await lists.page(plan, among: visitor.locks)
    return .with {
      $0.lockdowns = page.records.map(PBLockdown.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
