import AIP
import Policy

/// The name of a resource in a collection of its own, by its id.
protocol RecordName: ResourceName {
  var id: RecordID { get }
  init(id: RecordID)
}

extension RecordName {
  init(_ id: RecordID) { self.init(id: id) }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.init(id: id)
  }

  var description: String { Self.pattern.name("\(id)") }
}

/// `organisations/{organisation}`.
struct OrganisationName: RecordName {
  static let pattern = ResourceNamePattern("organisations/{organisation}")
  let id: RecordID
}

/// `principals/{principal}`.
struct PrincipalName: RecordName {
  static let pattern = ResourceNamePattern("principals/{principal}")
  let id: RecordID
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
struct CaseName: RecordName {
  static let pattern = ResourceNamePattern("cases/{case}")
  let id: RecordID
}

/// `missions/{mission}`: a mission of the register, as the party that it is.
struct MissionName: ResourceName {
  static let pattern = ResourceNamePattern("missions/{mission}")
  let party: PartyID

  init(_ party: PartyID) { self.party = party }

  init?(ids: [Substring]) {
    guard let party = PartyID(ids[0]) else { return nil }
    self.party = party
  }

  var description: String { "missions/\(party)" }
}

/// `grants/{grant}`.
struct GrantName: RecordName {
  static let pattern = ResourceNamePattern("grants/{grant}")
  let id: RecordID
}

/// `embargoes/{embargo}`.
struct EmbargoName: RecordName {
  static let pattern = ResourceNamePattern("embargoes/{embargo}")
  let id: RecordID
}

/// `delegations/{delegation}`.
struct DelegationName: RecordName {
  static let pattern = ResourceNamePattern("delegations/{delegation}")
  let id: RecordID
}

/// `emergencyAccesses/{emergency_access}`.
struct EmergencyAccessName: RecordName {
  static let pattern = ResourceNamePattern("emergencyAccesses/{emergency_access}")
  let id: RecordID
}

/// `lockdowns/{lockdown}`.
struct LockdownName: RecordName {
  static let pattern = ResourceNamePattern("lockdowns/{lockdown}")
  let id: RecordID
}

/// `notices/{notice}`.
struct NoticeName: RecordName {
  static let pattern = ResourceNamePattern("notices/{notice}")
  let id: RecordID
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
