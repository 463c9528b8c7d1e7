import Policy

/// Who makes a call, as the directory knows it at that time: enrolled, not stopped, of an organisation that stands.
struct Actor: Hashable, Sendable {
  var principal: Principal
  var organisation: Organisation
  /// Its own roles, of all time.
  var roles: [Role]
  /// What it is limited to on this occasion: ``Policy/Subject/limit``.
  var limit = ReaderSet.all

  /// As the policy sees it, without what others have handed over.
  var subject: Subject {
    var subject = Subject(
      principal: principal.id, party: organisation.party, roles: roles.map(\.assignment),
      clearance: principal.clearance)
    subject.limit = limit
    return subject
  }
}
