import AIP

/// One condition of a filter of focal points.
struct TenureCriterion: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case seat(Seat.Kind)
    case mission(MissionID)
    case inOffice(PartialDate)
  }

  var test: Test
  var isNegated: Bool

  func holds(for tenure: Tenure) -> Bool {
    let isTrue =
      switch test {
      case .seat(let kind): tenure.seat.kind == kind
      case .mission(let mission): tenure.seat.mission == mission
      case .inOffice(let day): tenure.isInOffice(on: day)
      }
    return isTrue != isNegated
  }
}

extension TenureCriterion {
  static let schema = FilterSchema<TenureCriterion>([
    "seat": .init(.equality, "one of " + Seat.Kind.allCases.map(\.name).joined(separator: ", ")) { comparator, value in
      Seat.Kind(named: value).map { TenureCriterion(.seat($0), comparator) }
    },
    "mission": .init(.equality, "the code or the name of a mission") {
      TenureCriterion(.mission(MissionID(filterValue: $1)), $0)
    },
    "on": .init([.equal], "a day, YYYY-MM-DD") { comparator, value in
      PartialDate(value).flatMap { $0.isDay ? TenureCriterion(.inOffice($0), comparator) : nil }
    },
  ])

  private init(_ test: Test, _ comparator: FilterOperator) {
    self.init(test: test, isNegated: comparator == .notEqual)
  }
}
