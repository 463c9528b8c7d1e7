import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension AuditService {
  func listAuditEntries(
    request: PBListAuditEntriesRequest, context: ServerContext
  ) async throws -> PBListAuditEntriesResponse {
    let sight = try await recordedSight(context)
    let plan = try ListPlan<LoggedEntry>(request, .entries(seenBy: sight))
    let page = try await lists.page(plan, among: sight.entries)
    return .with {
      $0.entries = page.records.compactMap { PBAuditEntry($0, seenBy: sight) }
      $0.nextPageToken = page.nextPageToken
    }
  }
}
