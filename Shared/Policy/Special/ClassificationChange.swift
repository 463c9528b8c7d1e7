/// A change of the classification of a case (5e: a downgrade needs two persons and a reason).
package struct ClassificationChange: Hashable, Sendable {
  package enum Refusal: Hashable, Sendable {
    case noReason
    /// The person may not write the case.
    case notEntitled
    /// A downgrade needs another person's approval; one's own does not count.
    case secondPersonMissing
    /// The second person may not downgrade or is not cleared for what the record is.
    case secondPersonNotEntitled
  }

  package var from: Classification
  package var to: Classification
  package var hasReason: Bool
  package var requester: AccessContext
  /// Who agrees; needed to lower it only.
  package var approver: AccessContext?

  package init(
    from: Classification, to: Classification, hasReason: Bool, requester: AccessContext, approver: AccessContext? = nil
  ) {
    self.from = from
    self.to = to
    self.hasReason = hasReason
    self.requester = requester
    self.approver = approver
  }
}

extension PolicyEvaluator {
  /// Why the change of a case may not be made; nil if it may. Raising needs one person who may write the case.
  package func refusal(of change: ClassificationChange, on resource: CaseFacts) -> ClassificationChange.Refusal? {
    guard change.hasReason else { return .noReason }
    guard mayWrite(change.requester, resource) else { return .notEntitled }
    guard change.to < change.from else { return nil }
    guard mayDowngrade(change.requester, resource) else { return .notEntitled }
    guard let approver = change.approver, approver.subject.principal != change.requester.subject.principal else {
      return .secondPersonMissing
    }
    return mayDowngrade(approver, resource) ? nil : .secondPersonNotEntitled
  }

  private func mayWrite(_ context: AccessContext, _ resource: CaseFacts) -> Bool {
    decide(AccessRequest(context, action: .write, classes: [.core], resource: resource)).effect == .allow
  }

  /// Whether somebody may propose that the case be lowered, and agree to it.
  package func mayDowngrade(_ context: AccessContext, _ resource: CaseFacts) -> Bool {
    let decision = decide(AccessRequest(context, resource: resource))
    return decision.isVisible && !decision.readers.intersection(policy.classification.downgraders).isEmpty
  }

  /// After how many years a record may be opened; nil for never by time alone.
  package func yearsUntilOpen(_ classification: Classification) -> Int? {
    switch classification {
    case .unclassified: 0
    case .confidential: policy.classification.years
    case .strictlyConfidential: nil
    }
  }
}
