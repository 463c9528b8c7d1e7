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
    let caseID = try id()
    try expect("to")
    let grantee = try value("grantee") { PartyID($0) }
    let principal: RecordID? = take("*") ? nil : try id()
    try expect("for")
    let purpose: Purpose = try code()
    let period = try period()
    try expect("by")
    let (requester, approver) = (try id(), try id())
    try expect("classes")
    let classes: DataClassSet = codes()
    try expect("lifts")
    let lifts: CaveatSet = codes()
    try expect("if")
    let conditions: GrantConditionSet = codes()
    try expect("met")
    return Grant(
      caseID: caseID, classes: classes, purpose: purpose, grantee: grantee, principal: principal, period: period,
      requester: requester, approver: approver, lifts: lifts, conditions: conditions, fulfilled: codes(),
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

  private mutating func id() throws(PolicyTextError) -> RecordID { try value("identifier") { RecordID($0) } }

  private mutating func time() throws(PolicyTextError) -> PolicyTime {
    PolicyTime(microseconds: try value("time") { Int64($0) })
  }

  private mutating func period() throws(PolicyTextError) -> Period<PolicyTime> {
    Period(from: try time(), until: try time())
  }
}
