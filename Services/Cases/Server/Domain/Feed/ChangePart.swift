/// What of a case has changed, by the number of the contract and of the table.
enum ChangePart: Int16, CaseIterable, Sendable {
  case `case` = 1
  case victims, incidents, suspects, communications, progress, proposals, decisions
}
