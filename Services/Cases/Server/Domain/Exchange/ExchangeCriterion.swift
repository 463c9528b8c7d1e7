import AIP

/// What lists of submissions, requests and packages can be filtered by, as the reader sees them.
struct ExchangeFacets: Hashable, Sendable {
  /// By name; empty where the reader does not see it.
  var caseName: String
  var party: String
  var state: String
}

/// One condition of a filter of them.
struct ExchangeCriterion: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case caseName(CaseName)
    case party(String)
    case state(String)
  }

  var test: Test
  var isNegated: Bool

  func holds(for facets: ExchangeFacets) -> Bool {
    let isTrue =
      switch test {
      case .caseName(let name): facets.caseName == name.description
      case .party(let party): facets.party == party
      case .state(let state): facets.state == state
      }
    return isTrue != isNegated
  }

  static func schema<State: StepState>(_ states: State.Type) -> FilterSchema<ExchangeCriterion> {
    FilterSchema([
      "case": .init(.equality, "the name of a case") { comparator, value in
        (try? CaseName(parsing: value)).map { ExchangeCriterion(.caseName($0), comparator) }
      },
      "party": .init(.equality, "a party") { ExchangeCriterion(.party($1), $0) },
      "state": .init(.equality, "one of " + State.allCases.map(\.name).joined(separator: ", ")) { comparator, value in
        State(named: value).map { ExchangeCriterion(.state($0.name), comparator) }
      },
    ])
  }

  private init(_ test: Test, _ comparator: FilterOperator) {
    self.init(test: test, isNegated: comparator == .notEqual)
  }

  private init(test: Test, isNegated: Bool) {
    self.test = test
    self.isNegated = isNegated
  }
}

extension FilterTree<ExchangeCriterion> {
  /// The case that everything is about for which it holds; nil where it holds for others too.
  var onlyCase: RecordID? {
    switch self {
    case .condition(let criterion):
      guard case .caseName(let name) = criterion.test, !criterion.isNegated else { return nil }
      return name.id
    case .all(let parts): return parts.lazy.compactMap(\.onlyCase).first
    case .any, .not: return nil
    }
  }
}
