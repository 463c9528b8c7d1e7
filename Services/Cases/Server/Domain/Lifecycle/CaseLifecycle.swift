// The handling of a case: what may follow what, and what must be shown for it.
extension Case.State {
  /// What may follow.
  var next: Set<Case.State> {
    switch self {
    case .draft: [.triage]
    case .triage: [.open, .merged, .outOfScope, .enteredInError]
    case .open: [.dormant, .closed, .merged, .outOfScope, .enteredInError]
    case .dormant: [.open, .closed]
    case .closed: [.open]
    case .merged: [.triage, .open]
    case .outOfScope, .enteredInError: []
    }
  }

  /// Whether what becomes of it is recorded.
  var isHandled: Bool { self == .triage || self == .open || self == .dormant }

  /// What must be shown for the step to `state`, one of ``next``.
  ///
  /// - Parameter outcome: with what the case would be closed.
  func conditions(for state: Case.State, outcome: ClosureOutcome? = nil) -> Set<LifecycleCondition> {
    switch (self, state) {
    case (_, .closed): ClosureOutcome.conditions.union(outcome?.conditions ?? [])
    case (.closed, .open), (_, .outOfScope), (_, .enteredInError): [.reason]
    case (_, .merged): [.reason, .survivingCase]
    case (.merged, _): [.reason, .separation]
    default: []
    }
  }

  /// Whether the step can be taken with what there is to show for it.
  ///
  /// - Throws: ``LifecycleRefusal``, which says what would be needed.
  func check(
    stepTo state: Case.State, outcome: ClosureOutcome? = nil, shown: Set<LifecycleCondition>
  ) throws(LifecycleRefusal) {
    guard next.contains(state) else { throw .notAllowed(after: self, allowed: next) }
    var shown = shown
    if outcome != nil { shown.insert(.outcome) }
    let missing = conditions(for: state, outcome: outcome).subtracting(shown)
    guard missing.isEmpty else { throw .missing(missing) }
  }
}

/// Why a step of a case's handling is not taken.
enum LifecycleRefusal: Error, Hashable {
  /// The state cannot follow; what can.
  case notAllowed(after: Case.State, allowed: Set<Case.State>)
  /// It can follow once this is shown.
  case missing(Set<LifecycleCondition>)
}
