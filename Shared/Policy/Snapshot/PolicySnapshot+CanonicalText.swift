import AIP

extension PolicySnapshot {
  /// The one text of this snapshot: a head, a line for each fact, those of a kind in the order of their texts, then the
  /// policy's canonical text.
  package var canonicalText: String { canonicalHead + canonicalFacts }

  /// The first line: all that is new in a snapshot that is issued again.
  package var canonicalHead: String { "snapshot \(sequence) issued \(issuedAt.microseconds)\n" }

  /// The rest.
  package var canonicalFacts: String {
    let delegations = principals.flatMap(\.subject.delegations)
    let facts = [
      lockdowns.map(Self.line), grants.map(Self.line), emergencies.map(Self.line), principals.map(Self.line),
      delegations.map(Self.line), holds.map(Self.line), tokenKeys.map(\.line), endedSessions.map(\.line),
      revokedCertificates.map(\.line),
    ]
    return facts.flatMap { $0.sorted() }.reduce(into: "") { $0 += $1 + "\n" } + policy.canonicalText
  }

  private static func line(_ lockdown: Lockdown) -> String {
    "lock \(lockdown.mission?.description ?? "*") \(lockdown.mode == .sealed ? "sealed" : "readonly") "
      + text(lockdown.period)
  }

  private static func line(_ grant: Grant) -> String {
    var words = ["grant", grant.id.description, "on", grant.caseID.description, "to", grant.grantee.description]
    words.append(grant.principal?.description ?? "*")
    words += ["for", grant.purpose.code, text(grant.period)]
    words += ["by", grant.requester.description, grant.approver.description, "classes", grant.classes.description]
    words += ["lifts", grant.lifts.description, "if", grant.conditions.description]
    words += ["met", grant.fulfilled.description]
    words += [grant.isClearedByLegal ? "cleared" : "", grant.allowsOnwardSharing ? "onward" : ""]
    words.append(grant.isRevoked ? "revoked" : "")
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func line(_ emergency: BreakGlass) -> String {
    var words = ["glass", emergency.caseID.description, "by", emergency.principal.description, text(emergency.period)]
    words.append("told")
    words += emergency.notified.map(\.description)
    words += [emergency.hasReason ? "reason" : "", emergency.isRevoked ? "revoked" : ""]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Without delegations, which have lines of their own.
  private static func line(_ enrolment: Enrolment) -> String {
    let subject = enrolment.subject
    var words = ["principal", subject.principal.description, "of", subject.party.description, "cleared"]
    words += [subject.clearance.code, text(enrolment.period)]
    switch enrolment.credential {
    case .certificate(let uri): words += ["certificate", EscapedWord(uri).text]
    case .token(let subject): words += ["token", EscapedWord(subject).text]
    }
    return (words + subject.roles.map(text)).joined(separator: " ")
  }

  private static func line(_ delegation: Delegation) -> String {
    var words = ["delegation", delegation.delegator.description, "to", delegation.delegate.description]
    words += ["of", delegation.party.description, text(delegation.period), delegation.isRevoked ? "revoked" : ""]
    words += ["readers", delegation.readers.description]
    return (words.filter { !$0.isEmpty } + delegation.delegatorRoles.map(text)).joined(separator: " ")
  }

  private static func line(_ hold: CaseHold) -> String {
    "hold \(hold.caseID) \(hold.embargo.kind) \(text(hold.embargo.period))"
  }

  private static func text(_ role: RoleAssignment) -> String {
    "role \(role.reader) \(role.scope?.description ?? "*") \(text(role.period))"
  }

  private static func text(_ period: Period<PolicyTime>) -> String {
    "\(period.from.microseconds) \(period.until.microseconds)"
  }
}
