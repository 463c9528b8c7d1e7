/// One condition of a filter of cases.
struct CaseCondition: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case mission(MissionID)
    case missionKind(Mission.Kind)
    /// A host State or territory on the day of the incident.
    case hostState(String)
    /// Of at least one victim.
    case nationality(String)
    /// Of at least one victim: one of these.
    case categories([PersonnelCategory])
    /// Raw values of dates.
    case incidentDate(ClosedRange<Int32>)
    case act(ActCategory)
    case state(Case.State)
    case victimCount(ClosedRange<Int32>)
  }

  var test: Test
  var isNegated = false
}

extension CaseCondition.Test {
  /// Whether it is about where a case stands in its handling.
  var isOfState: Bool {
    if case .state = self { true } else { false }
  }

  /// Whether it is about the core of a case, and not about its victims.
  var isOfCore: Bool {
    switch self {
    case .nationality, .categories, .victimCount: false
    default: true
    }
  }
}
