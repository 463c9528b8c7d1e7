package import AIP

/// One condition on a row of a case, or of a record of one.
package enum CaseTest: Hashable, Sendable {
  /// The party wears one of the hats, and did so at one of the moments; ever, if there are none. The incident's days are
  /// the row's own, the other moment is `today`.
  case wears(HatSet, PartyID, CodeSet<HatMoment>, today: Day)
  case hasCaveat(Caveat)
  case isClassifiedAtMost(Classification)
  case isUnderEmbargo(EmbargoKind, at: PolicyTime)
  case isOneOf([RecordID])
  /// Of a record.
  case record(RecordTest)
}
