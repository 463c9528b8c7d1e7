package import AIP

/// Leave to read data classes of one case for one purpose until a day (5e). It opens only cells that the matrix marks
/// with `G`, for a subject that reads in that quality anyway; it opens nothing to an operator.
package struct Grant: Hashable, Sendable {
  /// By which its use is recorded.
  package var id: RecordID
  package var caseID: RecordID
  package var classes: DataClassSet
  package var purpose: Purpose
  package var grantee: PartyID
  /// The only principal of the grantee that may use it; nil for any.
  package var principal: RecordID?
  package var period: Period<PolicyTime>
  package var requester: RecordID
  /// Another person than the requester, or the grant does not hold.
  package var approver: RecordID
  /// Whether the Office of Legal Affairs has cleared it.
  package var isClearedByLegal: Bool
  /// Caveats that it lifts for its classes, of those that the policy lets be lifted.
  package var lifts: CaveatSet
  /// What must hold while it is used …
  package var conditions: GrantConditionSet
  /// … and what is on record to hold.
  package var fulfilled: GrantConditionSet
  /// Whether the grantee may pass on what it reads.
  package var allowsOnwardSharing: Bool
  package var isRevoked: Bool

  package init(
    id: RecordID, caseID: RecordID, classes: DataClassSet, purpose: Purpose, grantee: PartyID,
    principal: RecordID? = nil, period: Period<PolicyTime>, requester: RecordID, approver: RecordID,
    lifts: CaveatSet = [],
    conditions: GrantConditionSet = [], fulfilled: GrantConditionSet = [], isClearedByLegal: Bool = false,
    allowsOnwardSharing: Bool = false, isRevoked: Bool = false
  ) {
    self.id = id
    self.caseID = caseID
    self.classes = classes
    self.purpose = purpose
    self.grantee = grantee
    self.principal = principal
    self.period = period
    self.requester = requester
    self.approver = approver
    self.isClearedByLegal = isClearedByLegal
    self.lifts = lifts
    self.conditions = conditions
    self.fulfilled = fulfilled
    self.allowsOnwardSharing = allowsOnwardSharing
    self.isRevoked = isRevoked
  }
}
