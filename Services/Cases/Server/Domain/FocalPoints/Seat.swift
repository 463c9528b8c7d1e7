/// Whose focal point it is.
enum Seat: Hashable, Sendable {
  case mission(MissionID)
  case headquarters
  /// Of the United Nations system (resolution 2823 (2026)).
  case senior

  /// Its kind by the contract's number.
  enum Kind: Int16, Vocabulary {
    case mission = 1
    case headquarters, senior

    static let prefix = "SEAT_"

    var name: String {
      switch self {
      case .mission: "MISSION"
      case .headquarters: "HEADQUARTERS"
      case .senior: "SENIOR"
      }
    }
  }

  /// Nil unless a mission's seat has a mission and another has none.
  init?(_ kind: Kind, mission: MissionID?) {
    switch (kind, mission) {
    case (.mission, let mission?): self = .mission(mission)
    case (.headquarters, nil): self = .headquarters
    case (.senior, nil): self = .senior
    default: return nil
    }
  }

  var kind: Kind {
    switch self {
    case .mission: .mission
    case .headquarters: .headquarters
    case .senior: .senior
    }
  }

  var mission: MissionID? {
    if case .mission(let mission) = self { mission } else { nil }
  }
}
