/// A United Nations field mission.
struct Mission: Hashable, Sendable {
  enum Kind: Int16, Vocabulary {
    case peacekeepingOperation = 1
    case specialPoliticalMission, other

    static let prefix = "KIND_"

    var name: String {
      switch self {
      case .peacekeepingOperation: "PEACEKEEPING_OPERATION"
      case .specialPoliticalMission: "SPECIAL_POLITICAL_MISSION"
      case .other: "OTHER"
      }
    }
  }

  var id: MissionID
  /// Acronym, `UNEF II`.
  var code: String
  var displayName: String
  var kind: Kind
  var startDate: PartialDate?
  var endDate: PartialDate?
  var isActive: Bool
  var areDatesReviewed: Bool
  /// The mission that this one is a phase of.
  var partOf: MissionID?
  var note: String
  var revision: Int64
  /// Sorted by state and period.
  var hosts: [MissionHost] = []
}

/// A host of a mission for a period.
struct MissionHost: Hashable, Sendable {
  enum Role: Int16, Sendable {
    case hostState = 1
    case territory, administering, deFactoAuthority, partyToAgreement
  }

  /// ISO 3166-1 alpha-3.
  var state: String
  var role: Role
  /// Nil: from the mission's start.
  var startDate: PartialDate?
  /// Nil: to the mission's end.
  var endDate: PartialDate?
  /// Whether a person has confirmed the assignment.
  var isReviewed: Bool

  /// Whether the assignment is in force on some day of `date`, and makes the State or territory the scene of what
  /// happens to the mission.
  func hosts(on date: PartialDate) -> Bool {
    guard role == .hostState || role == .territory else { return false }
    let isBegun = startDate.map { $0.rawValue <= date.span.upperBound } ?? true
    let isOver = endDate.map { $0.span.upperBound < date.rawValue } ?? false
    return isBegun && !isOver
  }
}

/// The host States and territories of a mission on a day.
struct HostStates: Hashable, Sendable {
  /// ISO 3166-1 alpha-3, sorted, each once.
  let codes: [String]
  /// Whether every assignment behind them is reviewed; false when there is none.
  let areReviewed: Bool

  init(of mission: Mission, on date: PartialDate) {
    let hosts = mission.hosts.filter { $0.hosts(on: date) }
    codes = Set(hosts.map(\.state)).sorted()
    areReviewed = !hosts.isEmpty && hosts.allSatisfy(\.isReviewed)
  }
}
