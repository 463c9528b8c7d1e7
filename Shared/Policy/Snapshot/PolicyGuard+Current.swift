package import AIP

extension PolicyGuard {
  /// A snapshot made ready to decide by: its policy as tables, its facts found by what they are about.
  package struct Current: Sendable {
    package private(set) var snapshot: PolicySnapshot
    package let evaluator: PolicyEvaluator
    private let grants: [PartyID: [Grant]]
    private let emergencies: [RecordID: [BreakGlass]]
    private let holds: [RecordID: [CaseHold]]
    /// Places in the snapshot, by what a certificate says and by what a token says.
    private let certificates: [String: Int]
    private let principals: [RecordID: Int]
    private let endedSessions: Set<RecordID>

    init(_ snapshot: PolicySnapshot, _ evaluator: PolicyEvaluator) {
      self.snapshot = snapshot
      self.evaluator = evaluator
      grants = Dictionary(grouping: snapshot.grants, by: \.grantee)
      emergencies = Dictionary(grouping: snapshot.emergencies, by: \.principal)
      holds = Dictionary(grouping: snapshot.holds, by: \.caseID)
      let places = snapshot.principals.enumerated()
      certificates = Dictionary(places.compactMap { place, one in one.credential.certificate.map { ($0, place) } }) {
        first, _ in first
      }
      principals = Dictionary(places.map { ($1.subject.principal, $0) }) { first, _ in first }
      endedSessions = Set(snapshot.endedSessions.map(\.id))
    }

    func issued(at time: PolicyTime) -> Current {
      var copy = self
      copy.snapshot.issuedAt = time
      return copy
    }

    /// What is so at the time for a subject: for one decision, or for all of one call.
    package func environment(for subject: Subject, at now: PolicyTime) -> Environment {
      Environment(
        now: now, grants: grants[subject.party] ?? [], emergencies: emergencies[subject.principal] ?? [],
        lockdowns: snapshot.lockdowns)
    }

    /// Who has certificates with the URI; nil for one that may not call at the time.
    package func subject(certificate uri: String, at now: PolicyTime) -> Subject? {
      subject(certificates[uri], at: now)
    }

    /// The principal of a token; nil for one that may not call at the time.
    package func subject(principal: RecordID, at now: PolicyTime) -> Subject? {
      subject(principals[principal], at: now)
    }

    private func subject(_ place: Int?, at now: PolicyTime) -> Subject? {
      guard let place else { return nil }
      let enrolment = snapshot.principals[place]
      return enrolment.period.contains(now) ? enrolment.subject : nil
    }

    /// Whether a session was ended before its time.
    package func hasEnded(session: RecordID) -> Bool { endedSessions.contains(session) }

    /// The embargoes on a case, of all time.
    package func embargoes(on caseID: RecordID) -> [Embargo] { holds[caseID]?.map(\.embargo) ?? [] }
  }
}
