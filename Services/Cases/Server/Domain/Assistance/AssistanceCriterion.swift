import AIP

/// What lists of the register of assistance can be filtered by, as the reader sees a record.
struct AssistanceFacets: Hashable, Sendable {
  var mission = ""
  var hostState = ""
  var parties: [String] = []
  var types: [AssistanceType] = []
  var modalities: [AssistanceModality] = []
  var state: AssistanceState?
  var cases: [String] = []
}

/// One condition of a filter of the register of assistance.
struct AssistanceCriterion: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case mission(MissionID)
    case hostState(String)
    case party(String)
    case type(AssistanceType)
    case modality(AssistanceModality)
    case state(AssistanceState)
    case caseName(String)
  }

  var test: Test
  var isNegated: Bool

  func holds(for facets: AssistanceFacets) -> Bool {
    let isTrue =
      switch test {
      case .mission(let mission): facets.mission == MissionName(mission).description
      case .hostState(let state): facets.hostState == state
      case .party(let party): facets.parties.contains(party)
      case .type(let type): facets.types.contains(type)
      case .modality(let modality): facets.modalities.contains(modality)
      case .state(let state): facets.state == state
      case .caseName(let name): facets.cases.contains(name)
      }
    return isTrue != isNegated
  }
}

extension AssistanceCriterion {
  static let schema = FilterSchema<AssistanceCriterion>([
    "mission": .init(.equality, "the code or the name of a mission") {
      AssistanceCriterion(.mission(MissionID(filterValue: $1)), $0)
    },
    "host_state": text("an ISO 3166-1 alpha-3 code in capital letters") { .hostState($0) },
    "party": text("a party") { .party($0) },
    "case": text("the name of a case") { .caseName($0) },
    "type": word { .type($0) },
    "modality": word { .modality($0) },
    "state": word { .state($0) },
  ])

  private init(_ test: Test, _ comparator: FilterOperator) {
    self.init(test: test, isNegated: comparator == .notEqual)
  }

  private static func text(
    _ expectation: String, _ test: @escaping @Sendable (String) -> Test
  ) -> FilterSchema<AssistanceCriterion>.Field {
    .init(.equality, expectation) { AssistanceCriterion(test($1), $0) }
  }

  private static func word<Word: Vocabulary>(
    _ test: @escaping @Sendable (Word) -> Test
  ) -> FilterSchema<AssistanceCriterion>.Field {
    .init(.equality, "one of " + Word.allCases.map(\.name).joined(separator: ", ")) { comparator, value in
      Word(named: value).map { AssistanceCriterion(test($0), comparator) }
    }
  }
}
