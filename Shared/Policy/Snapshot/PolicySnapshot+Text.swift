import AIP

extension PolicySnapshot {
  /// Reads a snapshot from its text. Its signature is to be checked before.
  package init(text: String) throws(PolicyTextError) {
    var facts = PolicySnapshotFacts()
    var rules = ""
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      var words = PolicyWords(line, line: number)
      let isFact = try facts.read(&words)
      // An empty line keeps the numbers of the rest right.
      rules += (isFact ? "" : line) + "\n"
    }
    guard let (sequence, issuedAt) = facts.head else { throw PolicyTextError(.incomplete("snapshot"), line: 0) }
    self.init(
      sequence: sequence, issuedAt: issuedAt, policy: try Policy(text: rules), lockdowns: facts.lockdowns,
      grants: facts.grants, emergencies: facts.emergencies, revokedCertificates: facts.revokedCertificates)
  }
}

/// The lines of a snapshot that are not the policy's.
private struct PolicySnapshotFacts {
  var head: (UInt64, PolicyTime)?
  var lockdowns: [Lockdown] = []
  var grants: [Grant] = []
  var emergencies: [BreakGlass] = []
  var revokedCertificates: Set<RevokedCertificate> = []

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
    } else if words.take("revoked-certificate") {
      revokedCertificates.insert(try words.revokedCertificate())
    } else {
      return false
    }
    try words.end()
    return true
  }
}
