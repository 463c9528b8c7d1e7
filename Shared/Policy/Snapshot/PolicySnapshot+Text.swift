import AIP

extension PolicySnapshot {
  /// Reads a snapshot from its text. Its signature is to be checked before.
  package init(text: String) throws(PolicyTextError) {
    var facts = PolicySnapshotFacts()
    var rules = ""
    var number = 0
    for bytes in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(bytes)
      var words = PolicyWords(line, line: number)
      let isFact = try facts.read(&words)
      // An empty line keeps the numbers of the rest right.
      rules += (isFact ? "" : line) + "\n"
    }
    guard let (sequence, issuedAt) = facts.head else { throw PolicyTextError(.incomplete("snapshot"), line: 0) }
    self.init(
      sequence: sequence, issuedAt: issuedAt, policy: try Policy(text: rules), lockdowns: facts.lockdowns,
      grants: facts.grants, emergencies: facts.emergencies, principals: facts.enrolled,
      holds: facts.holds, tokenKeys: facts.tokenKeys, endedSessions: facts.endedSessions,
      revokedCertificates: facts.revokedCertificates)
  }

  /// Reads the first line of a canonical text alone: what distinguishes a beat from the snapshot that it repeats.
  package static func head(
    _ line: Substring
  ) throws(PolicyTextError) -> (sequence: UInt64, issuedAt: PolicyTime) {
    var words = PolicyWords(line, line: 1)
    try words.expect("snapshot")
    let head = try words.snapshotHead()
    try words.end()
    return head
  }
}

/// The lines of a snapshot that are not the policy's.
private struct PolicySnapshotFacts {
  var head: (UInt64, PolicyTime)?
  var lockdowns: [Lockdown] = []
  var grants: [Grant] = []
  var emergencies: [BreakGlass] = []
  var revokedCertificates: Set<RevokedCertificate> = []
  var tokenKeys: [TokenKey] = []
  var endedSessions: [EndedSession] = []
  var holds: [CaseHold] = []
  private var principals: [Enrolment] = []
  private var delegations: [RecordID: [Delegation]] = [:]

  /// The principals, each with what is handed over to it.
  var enrolled: [Enrolment] {
    principals.map { enrolment in
      var enrolment = enrolment
      enrolment.subject.delegations = delegations[enrolment.subject.principal] ?? []
      return enrolment
    }
  }

  /// Reads the line if it is one of these; false if it is the policy's.
  mutating func read(_ words: inout PolicyWords) throws(PolicyTextError) -> Bool {
    if words.take("snapshot") {
      guard head == nil else { throw words.error(.repeated("snapshot")) }
      head = try words.snapshotHead()
    } else if words.take("lock") {
      lockdowns.append(try words.lockdown())
    } else if words.take("grant") {
      grants.append(try words.grant())
    } else if words.take("glass") {
      emergencies.append(try words.emergencyAccess())
    } else if words.take("principal") {
      principals.append(try words.enrolment())
    } else if words.take("delegation") {
      let delegation = try words.delegation()
      delegations[delegation.delegate, default: []].append(delegation)
    } else if words.take("hold") {
      holds.append(try words.hold())
    } else if words.take("token-key") {
      tokenKeys.append(try words.tokenKey())
    } else if words.take("ended-session") {
      endedSessions.append(try words.endedSession())
    } else if words.take("revoked-certificate") {
      revokedCertificates.insert(try words.revokedCertificate())
    } else {
      return false
    }
    try words.end()
    return true
  }
}
