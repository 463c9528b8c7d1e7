import AIP
import Policy

/// What can tell that a case and another are one.
struct CaseTraits: Hashable, Sendable {
  var id: RecordID
  var displayNumber: String
  var state: Case.State
  var mission: MissionID
  var hostStates: Set<String>
  /// First possible day, and the day after the last possible one.
  var days: Period<Day>
  /// Words of the names of victims and suspects, as `name_marks` of the schema folds them.
  var names: Set<String>
  /// What other systems call it and its victims.
  var externalIDs: Set<String>
  /// First-level areas with their States.
  var areas: Set<String>
  var points: [GeoPoint]

  /// How many days lie between it and another; 0 where they can be of one day.
  func gap(to other: CaseTraits) -> Int {
    let (from, until) = (max(days.from, other.days.from), min(days.until, other.days.until))
    return max(0, Int(from.number) - Int(until.number) + 1)
  }

  /// Whether its day is known.
  var isDayKnown: Bool { Int(days.until.number) - Int(days.from.number) == 1 }
}
