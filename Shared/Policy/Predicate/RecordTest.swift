/// One condition on a row of a record of a case.
package enum RecordTest: Hashable, Sendable {
  case isOwned(by: PartyID)
  case isReleased(to: PartyID)
  case isUnderEmbargo
  case isClassifiedAtMost(Classification)
}
