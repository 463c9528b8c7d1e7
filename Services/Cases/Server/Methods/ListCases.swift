import AIP
import GRPCCore
import Records
import VigilCasesAPI

extension CaseService {
  // Swift 6.3.1 crashes when it splits this coroutine after optimising it; the work is in what it calls.
  @_optimize(none)
  func listCases(request: PBListCasesRequest, context: ServerContext) async throws -> PBListCasesResponse {
    let reader = try await readers.current()
    let plan = try CaseListPlan(request, lens: reader.lens)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: now)
    let found = try await store.list(plan.query(after: after), for: reader.scope)
    let page = CasePage(found.prefix(plan.size).compactMap { reader.show($0) }, isLast: found.count <= plan.size)
    let shown = try await withVisibleSurvivors(page.cases, for: reader)
    try await reads.note(shown, to: reader.requester, context)
    var response = PBListCasesResponse()
    response.cases = shown.map(PBCase.init)
    response.nextPageToken = try await nextPageToken(page, plan.digest, now)
    return response
  }

  private func nextPageToken(_ page: CasePage, _ query: QueryDigest, _ now: Int64) async throws -> String {
    guard let key = page.nextKey else { return "" }
    return try await tokens.seal(key, query: query, now: now)
  }
}

/// What the store gave for a page, as it is shown: one case more than it holds tells that there is another page.
private struct CasePage {
  let cases: [ShownCase]
  /// Where the next page begins; nil on the last one.
  let nextKey: [UInt8]?

  init(_ shown: [ShownCase], isLast: Bool) {
    cases = shown
    nextKey = isLast ? nil : shown.last.map { CaseQuery.Position(date: $0.record.incidentDate, id: $0.record.id).bytes }
  }
}

/// A request for a list of cases, checked.
private struct CaseListPlan {
  let size: Int
  let digest: QueryDigest
  private let isFull: Bool
  private let lens: CaseLens
  private let filter: FilterTree<CaseCondition>
  private let isDescending: Bool

  init(_ request: PBListCasesRequest, lens: CaseLens) throws(ServiceError) {
    self.lens = lens
    guard [.unspecified, .basic, .full].contains(request.view) else {
      throw .invalid("view", "is not a view of cases")
    }
    isFull = request.view == .full
    size = try PageSize(standard: 50, maximum: isFull ? 100 : 500).resolve(request.pageSize)
    let order = try OrderBy(request.orderBy, sortable: ["incident_date"])
    isDescending = order.terms.first?.descending ?? true
    do {
      filter = try lens.filters.parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
    digest = QueryDigest("ListCases", request.filter, isDescending ? "desc" : "asc", String(request.view.rawValue))
  }

  func query(after key: [UInt8]?) throws(ServiceError) -> CaseQuery {
    var query = CaseQuery(
      filter: filter, lens: lens, isDescending: isDescending, limit: size + 1, holdsVictims: isFull)
    if let key {
      guard let position = CaseQuery.Position(bytes: key) else {
        throw .invalid("page_token", "is not a token of this list", reason: .invalidPageToken)
      }
      query.after = position
    }
    return query
  }
}
