import AIP
import GRPCCore
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension EmergencyService {
  func listNotices(request: PBListNoticesRequest, context: ServerContext) async throws -> PBListNoticesResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<Notice>(request, .notices)
    var page = try await lists.page(plan, among: visitor.notices)
    // They are delivered when that is on record, not when it was tried.
    try await sights.pool.execute(DeliverNotices(ids: page.records.map(\.id), time: visitor.now))
    for index in page.records.indices { page.records[index].deliver(at: visitor.now) }
    return .with {
      $0.notices = page.records.map(PBNotice.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}
