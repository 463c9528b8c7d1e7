import AIP

/// Why an assertion is not taken into a history.
enum StageRefusal<StageName: Stage>: Error, Hashable {
  /// The stage cannot follow; what can.
  case notAllowed(after: StageName, allowed: Set<StageName>)
  /// It can follow once this is shown.
  case missing(Set<StageCondition>)
  /// It would have been reached before the incident.
  case beforeIncident(PartialDate)
  /// It would have been reached after the register learnt of it.
  case afterKnown(PartialDate)
  /// Inferred stages are made by the history itself.
  case inferred
  /// The register has learnt of something later already.
  case outOfOrder(PartialDate)
  /// Two confirmed assertions contradict each other: one must be corrected first.
  case disputed(Set<StageName>)
  /// There is no such assertion in the history, or it was corrected before.
  case nothingToSupersede(RecordID)
  /// What is confirmed is corrected only by what is confirmed.
  case claimAgainstConfirmed
  /// What stands after the corrected assertion could not follow the correction.
  case breaksWay(to: StageName)
}
