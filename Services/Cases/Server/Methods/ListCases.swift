import AIP
import GRPCCore
import VigilCasesAPI

extension CaseService {
  @_optimize(none)
  func listCases(request: PBListCasesRequest, context: ServerContext) async throws -> PBListCasesResponse {
    let plan = try CaseListPlan(request)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: now)
    // One more than the page holds tells whether there is another page.
    let found = try await store.list(plan.query(after: after))
    let cases = Array(found.prefix(plan.size))
    var response = PBListCasesResponse()
    response.cases = try await messages(of: cases, isFull: plan.isFull)
    if found.count > plan.size, let last = cases.last {
      let key = CaseQuery.Position(date: last.incidentDate, id: last.id).bytes
      response.nextPageToken = try await tokens.seal(key, query: plan.digest, now: now)
    }
    return response
  }

  private func messages(of cases: [Case], isFull: Bool) async throws -> [PBCase] {
    guard isFull else { return cases.map { PBCase($0, victims: []) } }
    let victims = try await store.victims(of: cases.map(\.id))
    return cases.map { PBCase($0, victims: victims[$0.id] ?? []) }
  }
}

/// A request for a list of cases, checked.
private struct CaseListPlan {
  let size: Int
  let isFull: Bool
  let digest: QueryDigest
  private let filter: FilterTree<CaseCondition>
  private let isDescending: Bool

  init(_ request: PBListCasesRequest) throws(ServiceError) {
    guard [.unspecified, .basic, .full].contains(request.view) else {
      throw .invalid("view", "is not a view of cases")
    }
    isFull = request.view == .full
    size = try PageSize(standard: 50, maximum: isFull ? 100 : 500).resolve(request.pageSize)
    let order = try OrderBy(request.orderBy, sortable: ["incident_date"])
    isDescending = order.terms.first?.descending ?? true
    do {
      filter = try CaseCondition.schema.parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
    digest = QueryDigest("ListCases", request.filter, isDescending ? "desc" : "asc", String(request.view.rawValue))
  }

  func query(after key: [UInt8]?) throws(ServiceError) -> CaseQuery {
    var query = CaseQuery(filter: filter, isDescending: isDescending, limit: size + 1)
    if let key {
      guard let position = CaseQuery.Position(bytes: key) else {
        throw .invalid("page_token", "is not a token of this list", reason: .invalidPageToken)
      }
      query.after = position
    }
    return query
  }
}
