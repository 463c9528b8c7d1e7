import AIP
import GRPCCore
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension SearchService {
  // Swift 6.3.1 crashes when it splits this coroutine after optimising it; the work is in what it calls.
  @_optimize(none)
  func searchCases(request: PBSearchCasesRequest, context: ServerContext) async throws -> PBSearchCasesResponse {
    let reader = try await readers.current()
    let text = try FieldRules.text(request.query, field: "query", limit: 200)
    let plan = try CaseListPlan(request, lens: reader.lens, words: text)
    let facets = try Self.facets(request)
    let size = try plan.size(request.pageSize)
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: now)
    var query = try plan.query(after: after, size: size)
    query.search = CaseSearch(words: try await words(of: text), lens: reader.texts)
    let (found, counts) = try await store.search(query, by: after == nil ? facets : [], for: reader.scope)
    let page = CasePage(found, size: size, for: reader)
    let shown = try await store.withVisibleSurvivors(page.cases, for: reader)
    try await reads.note(shown, to: reader.requester, context)
    var response = PBSearchCasesResponse()
    response.cases = shown.map(PBCase.init)
    response.nextPageToken = try await tokens.seal(next: page, plan.digest, now)
    if after == nil { response.facets = facets.map { PBFacetCounts($0, counts) } }
    return response
  }

  private func words(of text: String) async throws -> [[String]] {
    let words = try await store.words(of: text)
    guard (1...16).contains(words.count) else {
      throw ServiceError.invalid("query", "must have 1 to 16 words, apart from the small words of a language")
    }
    return words
  }

  private static func facets(_ request: PBSearchCasesRequest) throws(ServiceError) -> [CaseFacet] {
    var facets: [CaseFacet] = []
    for value in request.facets {
      guard let facet = CaseFacet(rawValue: Int16(clamping: value.rawValue)), !facets.contains(facet) else {
        throw .invalid("facets", "must name each facet once")
      }
      facets.append(facet)
    }
    return facets
  }
}

extension PBFacetCounts {
  fileprivate init(_ facet: CaseFacet, _ counts: [FacetValue]) {
    self.init()
    self.facet = .init(number: facet)
    values = counts.filter { $0.facet == facet.rawValue }.map { count in
      .with {
        $0.value = facet.name(of: count.value)
        $0.caseCount = count.count
      }
    }
  }
}

extension CaseFacet {
  /// A value as a filter names it.
  fileprivate func name(of value: String) -> String {
    switch self {
    case .mission, .year: value
    case .act: Int16(value).flatMap { ActCategory(rawValue: $0) }?.name ?? value
    case .state: Int16(value).flatMap { Case.State(rawValue: $0) }?.name ?? value
    }
  }
}
