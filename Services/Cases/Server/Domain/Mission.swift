import AIP

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
  enum Role: Int16, Vocabulary {
    case hostState = 1
    case territory, administering, deFactoAuthority, partyToAgreement

    static let prefix = "ROLE_"

    var name: String {
      switch self {
      case .hostState: "HOST_STATE"
      case .territory: "TERRITORY"
      case .administering: "ADMINISTERING"
      case .deFactoAuthority: "DE_FACTO_AUTHORITY"
      case .partyToAgreement: "PARTY_TO_AGREEMENT"
      }
    }
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
  var id = RecordID(high: 0, low: 0)
  /// The status-of-forces or status-of-mission agreement, by its symbol.
  var agreement = ""
  var revision: Int64 = 1

  /// Whether the assignment is in force on some day of `date`, and makes the State or territory the scene of what
  /// happens to the mission.
  func hosts(on date: PartialDate) -> Bool {
    guard role == .hostState || role == .territory else { return false }
    let isBegun = startDate.map { $0.rawValue <= date.span.upperBound } ?? true
    let isOver = endDate.map { $0.span.upperBound < date.rawValue } ?? false
    return isBegun && !isOver
  }
}

extension MissionHost {
  /// Whether it is the same State in the same role at some time that both have.
  func overlaps(_ other: MissionHost) -> Bool {
    guard state == other.state, role == other.role else { return false }
    func begins(_ host: MissionHost) -> Int32 { host.startDate?.rawValue ?? .min }
    func ends(_ host: MissionHost) -> Int32 { host.endDate?.span.upperBound ?? .max }
    return max(begins(self), begins(other)) <= min(ends(self), ends(other))
  }

  /// Whether it ends no earlier than it begins.
  var isPossible: Bool {
    guard let startDate, let endDate else { return true }
    return endDate.span.upperBound >= startDate.rawValue
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
