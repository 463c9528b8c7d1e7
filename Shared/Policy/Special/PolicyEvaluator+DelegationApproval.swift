/// Why a delegation may not be made.
package enum DelegationRefusal: Hashable, Sendable {
  case badPeriod
  /// To oneself, or to another party.
  case notAnAlternate
  /// The policy does not let these be handed over.
  case notDelegable(ReaderSet)
  /// The delegator does not hold these by own roles; one that was handed over cannot be handed on.
  case notHeld(ReaderSet)
}

extension PolicyEvaluator {
  /// Why the delegator may not hand over the roles; nil if it may. (Whoever reads under it is checked again each time.)
  package func refusal(
    of delegation: Delegation, by delegator: Subject, at now: PolicyTime
  ) -> DelegationRefusal? {
    guard max(delegation.period.from, now) < delegation.period.until, delegation.period.until != .distantFuture
    else { return .badPeriod }
    guard delegation.delegator == delegator.principal, delegation.delegate != delegator.principal,
      delegation.party == delegator.party
    else { return .notAnAlternate }
    let closed = delegation.readers.subtracting(policy.delegable)
    guard closed.isEmpty else { return .notDelegable(closed) }
    let held = ReaderSet(delegator.roles.lazy.filter { $0.period.contains(now) }.map(\.reader))
    let missing = delegation.readers.subtracting(held.intersection(delegator.limit))
    return missing.isEmpty ? nil : .notHeld(missing)
  }
}
