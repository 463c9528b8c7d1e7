package import AIP

/// That one principal acts in roles of another for a time, such as the alternate of a focal point who is away.
///
/// It gives the delegate nothing that the delegator does not hold by an own role at this moment, nothing that the policy
/// does not let be delegated, and no clearance: the delegate's own counts. A delegated role cannot be delegated on,
/// because only ``delegatorRoles`` are looked at.
package struct Delegation: Hashable, Sendable {
  package var delegator: RecordID
  package var delegate: RecordID
  /// The party that both act for.
  package var party: PartyID
  /// The roles that are handed over.
  package var readers: ReaderSet
  /// The roles that the delegator was itself assigned, as access control knows them now.
  package var delegatorRoles: [RoleAssignment]
  package var period: Period<PolicyTime>
  package var isRevoked: Bool

  package init(
    from delegator: RecordID, to delegate: RecordID, party: PartyID, readers: ReaderSet,
    delegatorRoles: [RoleAssignment],
    period: Period<PolicyTime>, isRevoked: Bool = false
  ) {
    self.delegator = delegator
    self.delegate = delegate
    self.party = party
    self.readers = readers
    self.delegatorRoles = delegatorRoles
    self.period = period
    self.isRevoked = isRevoked
  }
}
