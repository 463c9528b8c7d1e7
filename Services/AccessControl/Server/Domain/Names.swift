import AIP

/// `organisations/{organisation}`.
struct OrganisationName: ResourceName {
  static let pattern = ResourceNamePattern("organisations/{organisation}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "organisations/\(id)" }
}

/// `principals/{principal}`.
struct PrincipalName: ResourceName {
  static let pattern = ResourceNamePattern("principals/{principal}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "principals/\(id)" }
}

/// `principals/{principal}/roleAssignments/{role_assignment}`.
struct RoleAssignmentName: ResourceName {
  static let pattern = ResourceNamePattern("principals/{principal}/roleAssignments/{role_assignment}")
  let principal: RecordID
  let id: RecordID

  init(principal: RecordID, _ id: RecordID) {
    self.principal = principal
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let principal = RecordID(ids[0]), let id = RecordID(ids[1]) else { return nil }
    self.init(principal: principal, id)
  }

  var description: String { "principals/\(principal)/roleAssignments/\(id)" }
}

/// `cases/{case}`: a case of the register, which is another service's.
struct CaseName: ResourceName {
  static let pattern = ResourceNamePattern("cases/{case}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "cases/\(id)" }
}

/// `grants/{grant}`.
struct GrantName: ResourceName {
  static let pattern = ResourceNamePattern("grants/{grant}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "grants/\(id)" }
}

/// `embargoes/{embargo}`.
struct EmbargoName: ResourceName {
  static let pattern = ResourceNamePattern("embargoes/{embargo}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "embargoes/\(id)" }
}

/// `delegations/{delegation}`.
struct DelegationName: ResourceName {
  static let pattern = ResourceNamePattern("delegations/{delegation}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "delegations/\(id)" }
}

/// `principals/{principal}/sessions/{session}`.
struct SessionName: ResourceName {
  static let pattern = ResourceNamePattern("principals/{principal}/sessions/{session}")
  let principal: RecordID
  let id: RecordID

  init(principal: RecordID, _ id: RecordID) {
    self.principal = principal
    self.id = id
  }

  init(_ session: Session) { self.init(principal: session.principal, session.id) }

  init?(ids: [Substring]) {
    guard let principal = RecordID(ids[0]), let id = RecordID(ids[1]) else { return nil }
    self.init(principal: principal, id)
  }

  var description: String { "principals/\(principal)/sessions/\(id)" }
}

/// `principals/{principal}/invitations/{invitation}`.
struct InvitationName: ResourceName {
  static let pattern = ResourceNamePattern("principals/{principal}/invitations/{invitation}")
  let principal: RecordID
  let id: RecordID

  init(principal: RecordID, _ id: RecordID) {
    self.principal = principal
    self.id = id
  }

  init(_ invitation: Invitation) { self.init(principal: invitation.principal, invitation.id) }

  init?(ids: [Substring]) {
    guard let principal = RecordID(ids[0]), let id = RecordID(ids[1]) else { return nil }
    self.init(principal: principal, id)
  }

  var description: String { "principals/\(principal)/invitations/\(id)" }
}
