import AIP
import Authorization
import GRPCCore
import Records
import VigilCasesAPI

extension CaseService {
  // Swift 6.3.1 crashes when it splits this coroutine after optimising it; the work is in what it calls.
  @_optimize(none)
  func listMissions(request: PBListMissionsRequest, context: ServerContext) async throws -> PBListMissionsResponse {
    _ = try readers.authorizer.requester()
    let size = try PageSize(standard: 100, maximum: 500).resolve(request.pageSize)
    let filter: FilterTree<MissionCondition>
    do {
      filter = try MissionCondition.schema.parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
    let digest = QueryDigest("ListMissions", request.filter)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: digest, now: now)
    // There are about a hundred missions: they are filtered and cut here.
    let missions = try await store.missions().filter { mission in
      let isOnPage = after?.lexicographicallyPrecedes(mission.code.utf8) ?? true
      return isOnPage && filter.holds { $0.holds(for: mission) }
    }
    var response = PBListMissionsResponse()
    response.missions = missions.prefix(size).map(PBMission.init)
    if missions.count > size {
      response.nextPageToken = try await tokens.seal(Array(missions[size - 1].code.utf8), query: digest, now: now)
    }
    return response
  }
}
