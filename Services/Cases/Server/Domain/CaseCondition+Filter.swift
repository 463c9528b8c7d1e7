import AIP

extension CaseCondition {
  /// What lists of cases can be filtered by.
  static let schema = FilterSchema<CaseCondition>([
    "mission": .init(.equality, "the code or the name of a mission") { comparator, value in
      CaseCondition(.mission(MissionID(filterValue: value)), comparator)
    },
    "mission_kind": vocabulary { .missionKind($0) },
    "host_state": country { .hostState($0) },
    "nationality": country { .nationality($0) },
    "category": vocabulary(.membership) { (value: PersonnelCategory) in .categories([value]) },
    "personnel_group": vocabulary(.membership) { (value: PersonnelGroup) in .categories(value.categories) },
    "incident_date": .init(.ordering, "a date, YYYY-MM-DD, YYYY-MM or YYYY") { comparator, value in
      PartialDate(value).map { range(comparator, $0.span) { .incidentDate($0) } }
    },
    "act": vocabulary { .act($0) },
    "state": vocabulary { .state($0) },
    "victim_count": .init(.ordering, "a whole number") { comparator, value in
      Int32(value).map { range(comparator, $0...$0) { .victimCount($0) } }
    },
  ])

  private init(_ test: Test, _ comparator: FilterOperator) {
    self.init(test: test, isNegated: comparator == .notEqual)
  }

  private static func country(_ test: @escaping @Sendable (String) -> Test) -> FilterSchema<CaseCondition>.Field {
    .init(.membership, "an ISO 3166-1 alpha-3 code in capital letters") { comparator, value in
      let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
      return value.utf8.count == 3 && value.utf8.allSatisfy(isCapital) ? CaseCondition(test(value), comparator) : nil
    }
  }

  private static func vocabulary<Value: Vocabulary>(
    _ operators: Set<FilterOperator> = .equality,
    _ test: @escaping @Sendable (Value) -> Test
  ) -> FilterSchema<CaseCondition>.Field {
    let expectation = "one of " + Value.allCases.map(\.name).joined(separator: ", ")
    return .init(operators, expectation) { comparator, value in
      Value(named: value).map { CaseCondition(test($0), comparator) }
    }
  }

  /// Comparison with a span: less is before all of it, greater after all of it. They are written as the negation of
  /// their opposite, whose range is never empty.
  private static func range(
    _ comparator: FilterOperator,
    _ span: ClosedRange<Int32>,
    _ test: (ClosedRange<Int32>) -> Test
  ) -> CaseCondition {
    switch comparator {
    case .equal, .has: CaseCondition(test: test(span))
    case .notEqual: CaseCondition(test: test(span), isNegated: true)
    case .lessOrEqual: CaseCondition(test: test(.min...span.upperBound))
    case .greater: CaseCondition(test: test(.min...span.upperBound), isNegated: true)
    case .greaterOrEqual: CaseCondition(test: test(span.lowerBound ... .max))
    case .less: CaseCondition(test: test(span.lowerBound ... .max), isNegated: true)
    }
  }
}

extension MissionID {
  /// The mission that a filter names by its code, in whatever case, or by its name.
  init(filterValue text: String) {
    self = text.hasPrefix("missions/") ? MissionID(rawValue: String(text.dropFirst(9))) : MissionID(code: text)
  }
}
