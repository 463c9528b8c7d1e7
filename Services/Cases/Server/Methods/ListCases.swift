import AIP
import GRPCCore
import Records
import VigilCasesAPI

extension CaseService {
  // Swift 6.3.1 crashes when it splits this coroutine after optimising it; the work is in what it calls.
  @_optimize(none)
  func listCases(request: PBListCasesRequest, context: ServerContext) async throws -> PBListCasesResponse {
    let plan = try CaseListPlan(request)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: now)
    let page = CasePage(try await store.list(plan.query(after: after)), size: plan.size)
    var response = PBListCasesResponse()
    response.cases = page.contracts(victims: try await victims(of: page, plan))
    response.nextPageToken = try await nextPageToken(page, plan.digest, now)
    return response
  }

  private func victims(of page: CasePage, _ plan: CaseListPlan) async throws -> [RecordID: [Victim]] {
    guard plan.isFull else { return [:] }
    return try await store.victims(of: page.ids)
  }

  private func nextPageToken(_ page: CasePage, _ query: QueryDigest, _ now: Int64) async throws -> String {
    guard let key = page.nextKey else { return "" }
    return try await tokens.seal(key, query: query, now: now)
  }
}

/// What the store gave for a page: one case more than it holds tells that there is another page.
private struct CasePage {
  let cases: ArraySlice<Case>
  /// Where the next page begins; nil on the last one.
  let nextKey: [UInt8]?

  init(_ found: [Case], size: Int) {
    cases = found.prefix(size)
    nextKey =
      found.count > size
      ? cases.last.map { CaseQuery.Position(date: $0.incidentDate, id: $0.id).bytes } : nil
  }

  var ids: [RecordID] { cases.map(\.id) }

  func contracts(victims: [RecordID: [Victim]]) -> [PBCase] {
    cases.map { PBCase($0, victims: victims[$0.id] ?? []) }
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
