import AIP

// The statements of a snapshot after their first word.
extension PolicyWords {
  mutating func snapshotHead() throws(PolicyTextError) -> (UInt64, PolicyTime) {
    let sequence = try value("sequence") { UInt64($0) }
    try expect("issued")
    return (sequence, try time())
  }

  mutating func lockdown() throws(PolicyTextError) -> Lockdown {
    let mission: PartyID? = take("*") ? nil : try value("mission") { PartyID($0) }
    let isSealed = take("sealed")
    if !isSealed { try expect("readonly") }
    return Lockdown(mission: mission, mode: isSealed ? .sealed : .readOnly, period: try period())
  }

  mutating func grant() throws(PolicyTextError) -> Grant {
    let id = try id()
    try expect("on")
    let caseID = try self.id()
    try expect("to")
    let grantee = try value("grantee") { PartyID($0) }
    let principal: RecordID? = take("*") ? nil : try self.id()
    try expect("for")
    let purpose: Purpose = try code()
    let period = try period()
    try expect("by")
    let (requester, approver) = (try self.id(), try self.id())
    try expect("classes")
    let classes: DataClassSet = codes()
    try expect("lifts")
    let lifts: CaveatSet = codes()
    try expect("if")
    let conditions: GrantConditionSet = codes()
    try expect("met")
    return Grant(
      id: id, caseID: caseID, classes: classes, purpose: purpose, grantee: grantee, principal: principal,
      period: period, requester: requester, approver: approver, lifts: lifts, conditions: conditions,
      fulfilled: codes(),
      isClearedByLegal: take("cleared"), allowsOnwardSharing: take("onward"), isRevoked: take("revoked"))
  }

  mutating func emergencyAccess() throws(PolicyTextError) -> BreakGlass {
    let caseID = try id()
    try expect("by")
    let principal = try id()
    let period = try period()
    try expect("told")
    var notified: [RecordID] = []
    while let id = takeID() { notified.append(id) }
    return BreakGlass(
      principal: principal, caseID: caseID, period: period, hasReason: take("reason"), notified: notified,
      isRevoked: take("revoked"))
  }

  mutating func enrolment() throws(PolicyTextError) -> Enrolment {
    let principal = try id()
    try expect("of")
    let party = try party()
    try expect("cleared")
    let clearance: Classification = try code()
    let period = try period()
    let isCertificate = take("certificate")
    if !isCertificate { try expect("token") }
    let name = try value("credential") { EscapedWord(text: $0) }.value
    let subject = Subject(principal: principal, party: party, roles: try roles(), clearance: clearance)
    return Enrolment(isCertificate ? .certificate(name) : .token(name), period: period, subject: subject)
  }

  mutating func delegation() throws(PolicyTextError) -> Delegation {
    let delegator = try id()
    try expect("to")
    let delegate = try id()
    try expect("of")
    let party = try party()
    let period = try period()
    let isRevoked = take("revoked")
    try expect("readers")
    return Delegation(
      from: delegator, to: delegate, party: party, readers: codes(), delegatorRoles: try roles(), period: period,
      isRevoked: isRevoked)
  }

  mutating func hold() throws(PolicyTextError) -> CaseHold {
    CaseHold(caseID: try id(), embargo: Embargo(try code(), period: try period()))
  }

  /// All the roles that follow.
  private mutating func roles() throws(PolicyTextError) -> [RoleAssignment] {
    var roles: [RoleAssignment] = []
    while take("role") {
      let reader: ReaderClass = try code()
      let scope: PartyID? = take("*") ? nil : try party()
      roles.append(RoleAssignment(reader, scope: scope, period: try period()))
    }
    return roles
  }

  private mutating func party() throws(PolicyTextError) -> PartyID { try value("party") { PartyID($0) } }

  private mutating func id() throws(PolicyTextError) -> RecordID { try value("identifier") { RecordID($0) } }

  private mutating func time() throws(PolicyTextError) -> PolicyTime {
    PolicyTime(microseconds: try value("time") { Int64($0) })
  }

  private mutating func period() throws(PolicyTextError) -> Period<PolicyTime> {
    Period(from: try time(), until: try time())
  }
}
