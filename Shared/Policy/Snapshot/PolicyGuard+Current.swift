package import AIP

extension PolicyGuard {
  /// A snapshot made ready to decide by: its policy as tables, its facts found by what they are about.
  package struct Current: Sendable {
    package private(set) var snapshot: PolicySnapshot
    package let evaluator: PolicyEvaluator
    private let grants: [PartyID: [Grant]]
    private let emergencies: [RecordID: [BreakGlass]]
    private let holds: [RecordID: [CaseHold]]
    /// Places in the snapshot.
    private let principals: [Enrolment.Credential: Int]

    init(_ snapshot: PolicySnapshot, _ evaluator: PolicyEvaluator) {
      self.snapshot = snapshot
      self.evaluator = evaluator
      grants = Dictionary(grouping: snapshot.grants, by: \.grantee)
      emergencies = Dictionary(grouping: snapshot.emergencies, by: \.principal)
      holds = Dictionary(grouping: snapshot.holds, by: \.caseID)
      let places = snapshot.principals.enumerated().map { ($1.credential, $0) }
      principals = Dictionary(places) { first, _ in first }
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

    /// Who proves itself by the credential; nil for one that may not call at the time.
    package func subject(of credential: Enrolment.Credential, at now: PolicyTime) -> Subject? {
      guard let place = principals[credential] else { return nil }
      let enrolment = snapshot.principals[place]
      return enrolment.period.contains(now) ? enrolment.subject : nil
    }

    /// The embargoes on a case, of all time.
    package func embargoes(on caseID: RecordID) -> [Embargo] { holds[caseID]?.map(\.embargo) ?? [] }
  }
}
