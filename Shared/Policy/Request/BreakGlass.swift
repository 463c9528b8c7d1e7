package import AIP

/// Emergency access to one case (5, feature 22): reason given, two parties told at once, reviewed afterwards.
package struct BreakGlass: Hashable, Sendable {
  package var principal: RecordID
  package var caseID: RecordID
  /// Not longer than the policy allows, or it does not hold.
  package var period: Period<PolicyTime>
  /// Whether a reason is on record. (The text is not for the policy.)
  package var hasReason: Bool
  /// Who was told. Fewer different ones than the policy asks for, or the user itself among them: it does not hold.
  package var notified: [RecordID]
  package var isRevoked: Bool

  package init(
    principal: RecordID, caseID: RecordID, period: Period<PolicyTime>, hasReason: Bool, notified: [RecordID],
    isRevoked: Bool = false
  ) {
    self.principal = principal
    self.caseID = caseID
    self.period = period
    self.hasReason = hasReason
    self.notified = notified
    self.isRevoked = isRevoked
  }
}
