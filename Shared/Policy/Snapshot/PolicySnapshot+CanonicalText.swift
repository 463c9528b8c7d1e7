import AIP

extension PolicySnapshot {
  /// The one text of this snapshot: a head, a line for each lockdown, grant, emergency and revoked certificate in the order
  /// of their texts, then the policy's canonical text.
  package var canonicalText: String {
    let head = "snapshot \(sequence) issued \(issuedAt.microseconds)"
    let facts =
      lockdowns.map(Self.line).sorted() + grants.map(Self.line).sorted() + emergencies.map(Self.line).sorted()
      + revokedCertificates.map(\.line).sorted()
    return ([head] + facts).joined(separator: "\n") + "\n" + policy.canonicalText
  }

  private static func line(_ lockdown: Lockdown) -> String {
    "lock \(lockdown.mission?.description ?? "*") \(lockdown.mode == .sealed ? "sealed" : "readonly") "
      + text(lockdown.period)
  }

  private static func line(_ grant: Grant) -> String {
    var words = ["grant", grant.caseID.description, "to", grant.grantee.description]
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

  private static func text(_ period: Period<PolicyTime>) -> String {
    "\(period.from.microseconds) \(period.until.microseconds)"
  }
}
