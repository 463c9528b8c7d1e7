package import AIP

/// Who asks (XACML: access subject).
package struct Subject: Hashable, Sendable {
  package var principal: RecordID
  /// The State, mission, unit or organization that the principal acts for.
  package var party: PartyID
  /// Own roles.
  package var roles: [RoleAssignment]
  /// Roles handed over by others.
  package var delegations: [Delegation]
  /// The highest classification that the principal is cleared for.
  package var clearance: Classification
  /// The reader classes that it may act as at all on this occasion: less than it holds where whoever vouches for it says
  /// so, never more.
  package var limit = ReaderSet.all

  package init(
    principal: RecordID, party: PartyID, roles: [RoleAssignment], delegations: [Delegation] = [],
    clearance: Classification
  ) {
    self.principal = principal
    self.party = party
    self.roles = roles
    self.delegations = delegations
    self.clearance = clearance
  }
}
