import AIP
import Policy

/// A delegation as it is on record: that one principal acts in roles of another for a period.
struct Handover: Hashable, Sendable {
  var id: RecordID
  var delegator: RecordID
  var delegate: RecordID
  var readers: ReaderSet
  var period: Period<PolicyTime>
  /// The end of all time while nobody has revoked it.
  var revokeTime: PolicyTime = .distantFuture
  var revision: Int64 = 1
  var createTime: PolicyTime

  var isRevoked: Bool { revokeTime != .distantFuture }

  /// As the policy sees it: between principals of the party, of which the delegator holds the roles.
  func delegation(party: PartyID, delegatorRoles: [RoleAssignment]) -> Delegation {
    Delegation(
      from: delegator, to: delegate, party: party, readers: readers, delegatorRoles: delegatorRoles, period: period,
      isRevoked: isRevoked)
  }
}
