/// Why a row is not taken over.
struct FatalityRefusal: Error, Hashable, Sendable {
  /// The numbers of the contract.
  enum Reason: Int16, Sendable {
    case invalidDate = 1
    case invalidCasualtyID
    case unknownMission
    case unknownCasualtyType
    case unknownGender
    case unknownPersonnelType
    case unknownIncidentType
    case invalidNationality
    case duplicate
  }

  var reason: Reason
  var column: FatalityColumn
  /// One sentence for people.
  var description: String

  init(_ reason: Reason, _ column: FatalityColumn, _ description: String) {
    self.reason = reason
    self.column = column
    self.description = description
  }
}
