import AIP

/// One condition of a filter of missions.
struct MissionCondition: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case code(String)
    case kind(Mission.Kind)
    case hostState(String)
    case active(Bool)
  }

  var test: Test
  var isNegated: Bool

  func holds(for mission: Mission) -> Bool {
    let isTrue =
      switch test {
      case .code(let code): mission.code == code
      case .kind(let kind): mission.kind == kind
      case .hostState(let state): mission.hosts.contains { $0.state == state }
      case .active(let active): mission.isActive == active
      }
    return isTrue != isNegated
  }
}

extension MissionCondition {
  /// What lists of missions can be filtered by.
  static let schema = FilterSchema<MissionCondition>([
    "code": .init(.equality, "the code of a mission") { MissionCondition(.code($1), $0) },
    "kind": .init(.equality, "one of " + Mission.Kind.allCases.map(\.name).joined(separator: ", ")) {
      comparator, value in
      Mission.Kind(named: value).map { MissionCondition(.kind($0), comparator) }
    },
    "host_state": .init(.membership, "an ISO 3166-1 alpha-3 code in capital letters") { comparator, value in
      value.utf8.count == 3 ? MissionCondition(.hostState(value), comparator) : nil
    },
    "active": .init(.equality, "true or false") { comparator, value in
      Bool(value).map { MissionCondition(.active($0), comparator) }
    },
  ])

  private init(_ test: Test, _ comparator: FilterOperator) {
    self.init(test: test, isNegated: comparator == .notEqual)
  }
}
