/// That a principal may act as a reader of a class, for a time (issue of roles and affiliations; nothing is deleted).
///
/// For a reader class that a hat makes (``ReaderRule``), the role alone gives nothing: the party must wear the hat.
package struct RoleAssignment: Hashable, Sendable {
  package var reader: ReaderClass
  /// Whose hat the role is about, where it is not the principal's own party: the mission of a focal point.
  package var scope: PartyID?
  package var period: Period<PolicyTime>

  package init(_ reader: ReaderClass, scope: PartyID? = nil, period: Period<PolicyTime> = .always) {
    self.reader = reader
    self.scope = scope
    self.period = period
  }
}
