import Policy

/// Who makes a call, as the directory knows it at that time: enrolled, not stopped, of an organisation that stands.
struct Actor: Hashable, Sendable {
  var principal: Principal
  var organisation: Organisation
  /// Its own roles, of all time.
  var roles: [Role]

  /// As the policy sees it, without what others have handed over.
  var subject: Subject {
    Subject(
      principal: principal.id, party: organisation.party, roles: roles.map(\.assignment),
      clearance: principal.clearance)
  }
}
