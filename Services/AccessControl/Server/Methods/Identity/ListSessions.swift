import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension IdentityService {
  func listSessions(request: PBListSessionsRequest, context: ServerContext) async throws -> PBListSessionsResponse {
    let parent = try PrincipalName(parsing: request.parent, field: "parent")
    let visitor = try await visitors.current()
    let plan = try ListPlan<Session>(
      request, .sessions(at: visitor.now), parent: (request.parent, .principal(parent.id)))
    // Of a principal that there is not there are none: the same as of one without.
    let page = try await lists.page(plan, among: visitor.sessions)
    return .with {
      $0.sessions = page.records.map(PBSession.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}

extension Visitor {
  /// Which sessions it may know of.
  var sessions: FilterTree<SessionTest> { administration.seesAll ? .all([]) : .condition(.principal(principal)) }
}

extension FilterSchema<SessionTest> {
  static func sessions(at now: PolicyTime) -> Self {
    FilterSchema([
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      }
    ])
  }
}
