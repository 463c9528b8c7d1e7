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
    let size = try plan.size(request.pageSize)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: now)
    let found = try await store.list(plan.query(after: after, size: size), for: reader.scope)
    let page = CasePage(found, size: size, for: reader)
    let shown = try await store.withVisibleSurvivors(page.cases, for: reader)
    try await reads.note(shown, to: reader.requester, context)
    var response = PBListCasesResponse()
    response.cases = shown.map(PBCase.init)
    response.nextPageToken = try await tokens.seal(next: page, plan.digest, now)
    return response
  }
}

extension PageTokens {
  /// The token of the page after this one; empty after the last.
  func seal(next page: CasePage, _ query: QueryDigest, _ now: Int64) async throws -> String {
    guard let key = page.nextKey else { return "" }
    return try await seal(key, query: query, now: now)
  }
}
