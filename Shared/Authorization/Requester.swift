package import AIP
package import Policy

/// Who makes a call, what for, and what it may see and do: good for the time of one call.
package struct Requester: Sendable {
  /// Who, what for, and what is so at the moment: what the policy's predicates are made from.
  package let context: AccessContext
  /// The policy that decides.
  package let current: PolicyGuard.Current
  /// The reader classes that it may act as, in cases that give it the quality.
  package let permittedReaders: ReaderSet

  init(_ subject: Subject, purpose: Purpose?, _ current: PolicyGuard.Current, at now: PolicyTime) {
    context = AccessContext(
      subject: subject, purpose: purpose, environment: current.environment(for: subject, at: now))
    self.current = current
    permittedReaders = current.evaluator.permittedReaders(context)
  }

  /// - Parameter grant: what the subject may see beside what it may anyway; in an emergency it may see no more.
  private init(
    _ subject: Subject, purpose: Purpose, _ current: PolicyGuard.Current, at now: PolicyTime, with grant: Grant
  ) {
    var environment = current.environment(for: subject, at: now)
    environment.grants.append(grant)
    environment.emergencies = []
    context = AccessContext(subject: subject, purpose: purpose, environment: environment)
    self.current = current
    permittedReaders = current.evaluator.permittedReaders(context)
  }

  /// Somebody else, for whom the caller makes something: as it would call now for a purpose, with a grant that is approved.
  /// Nil for one that takes part no longer.
  package func recipient(_ principal: RecordID, purpose: Purpose, with grant: Grant) -> Requester? {
    guard let subject = current.subject(principal: principal, at: now) else { return nil }
    return Requester(subject, purpose: purpose, current, at: now, with: grant)
  }

  package var principal: RecordID { context.subject.principal }
  package var party: PartyID { context.subject.party }
  package var purpose: Purpose? { context.purpose }
  package var now: PolicyTime { context.environment.now }
  package var policyVersion: UInt32 { current.snapshot.policy.version }

  /// Decides about a case: with the embargoes that access control has put on it beside those among the facts.
  ///
  /// For a case that does not exist ask about ``CaseFacts/nowhere(_:)``, so that the work, and with it the time, is that
  /// of a forbidden one.
  package func decide(
    _ facts: CaseFacts, _ action: Action = .read, _ classes: DataClassSet = [], gate: DataClass = .core
  ) -> Decision {
    current.evaluator.decide(
      AccessRequest(context, action: action, classes: classes, gate: gate, resource: current(facts)))
  }

  /// The grants without which an answer about a case could not show so much of the classes: their use is recorded.
  package func usedGrants(_ facts: CaseFacts, showing classes: DataClassSet) -> [RecordID] {
    current.evaluator.usedGrants(AccessRequest(context, resource: current(facts)), showing: classes)
  }

  /// Why the classification of a case may not be changed so; nil if it may.
  ///
  /// - Parameter proposer: who asked for it, when the caller is the second person.
  package func refusal(
    toRegrade facts: CaseFacts, as classification: Classification, proposedBy proposer: RecordID? = nil
  ) -> ClassificationChange.Refusal? {
    var change = ClassificationChange(
      from: facts.classification, to: classification, hasReason: true, requester: context)
    if let proposer {
      guard let subject = current.subject(principal: proposer, at: now) else { return .notEntitled }
      change.requester = AccessContext(
        subject: subject, environment: current.environment(for: subject, at: now))
      change.approver = context
    }
    return current.evaluator.refusal(of: change, on: current(facts))
  }

  /// Whether it may have a part in lowering the classification of a case.
  package func mayDowngrade(_ facts: CaseFacts) -> Bool {
    current.evaluator.mayDowngrade(context, current(facts))
  }

  private func current(_ facts: CaseFacts) -> CaseFacts {
    var facts = facts
    facts.embargoes += current.embargoes(on: facts.id)
    return facts
  }

  /// The cases of which it sees at least so much of a class: ``PolicyEvaluator/predicate(_:_:atLeast:gate:)``. The rows of
  /// embargoes are those of ``PolicySnapshot/holds``.
  package func predicate(
    _ dataClass: DataClass = .core, atLeast transform: Transform = .countOnly, gate: DataClass = .core
  ) -> CasePredicate {
    current.evaluator.predicate(context, dataClass, atLeast: transform, gate: gate)
  }

  /// The records, each with its case, of which it sees at least so much of a class.
  package func recordPredicate(
    _ dataClass: DataClass, atLeast transform: Transform, gate: DataClass = .core
  ) -> CasePredicate {
    current.evaluator.recordPredicate(context, dataClass, atLeast: transform, gate: gate)
  }

  /// The records that count in figures for it.
  package func countPredicate(
    as dataClass: DataClass = .victimAttributes, gate: DataClass = .core
  ) -> CasePredicate {
    current.evaluator.countPredicate(context, as: dataClass, gate: gate)
  }

  /// - Throws: PERMISSION_DENIED unless it may act as one of the readers.
  package func require(_ readers: ReaderSet) throws(ServiceError) {
    guard !permittedReaders.intersection(readers).isEmpty else { throw .refused }
  }
}
