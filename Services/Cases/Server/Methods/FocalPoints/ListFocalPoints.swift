import AIP
import GRPCCore
import Records
import VigilCasesAPI

extension FocalPointService {
  func listFocalPoints(
    request: PBListFocalPointsRequest, context: ServerContext
  ) async throws -> PBListFocalPointsResponse {
    let (requester, tenures, _) = try await read()
    let size = try PageSize(standard: 100, maximum: 500).resolve(request.pageSize)
    let filter: FilterTree<TenureCriterion>
    do {
      filter = try TenureCriterion.schema.parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
    let digest = QueryDigest("ListFocalPoints", request.filter)
    let now = ledger.clock.seconds
    let key = try await tokens.open(request.pageToken, query: digest, now: now)
    let after = key.flatMap { RecordID(String(decoding: $0, as: UTF8.self)) }
    // There are some hundreds: they are filtered and cut here.
    let found = tenures.filter { tenure in
      (after.map { $0 < tenure.id } ?? true) && filter.holds { $0.holds(for: tenure) }
    }
    var response = PBListFocalPointsResponse()
    response.focalPoints = found.prefix(size).map { PBFocalPoint($0, for: requester) }
    if found.count > size {
      let key = Array(found[size - 1].id.description.utf8)
      response.nextPageToken = try await tokens.seal(key, query: digest, now: now)
    }
    return response
  }
}
