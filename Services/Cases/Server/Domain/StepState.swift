/// Where something stands that goes from state to state: what may follow what, and what must be shown for it.
protocol StepState: Vocabulary {
  associatedtype Condition: StepCondition

  /// What may follow.
  var next: Set<Self> { get }

  /// What must be shown for the step to `state`, one of ``next``.
  func conditions(for state: Self) -> Set<Condition>
}

/// What must be shown before a step is taken; the raw value is what the contract calls it.
protocol StepCondition: RawRepresentable<String>, Hashable, Sendable {
  /// What would satisfy it, for the person whose step was refused.
  var remedy: String { get }
}

/// Why a step is not taken.
enum StepRefusal<State: StepState>: Error, Hashable {
  /// The state cannot follow; what can.
  case notAllowed(after: State, allowed: Set<State>)
  /// It can follow once this is shown.
  case missing(Set<State.Condition>)
}

extension StepState {
  /// Whether the step can be taken with what there is to show for it.
  ///
  /// - Throws: ``StepRefusal``, which says what would be needed.
  func check(stepTo state: Self, shown: Set<Condition>) throws(StepRefusal<Self>) {
    guard next.contains(state) else { throw .notAllowed(after: self, allowed: next) }
    let missing = conditions(for: state).subtracting(shown)
    guard missing.isEmpty else { throw .missing(missing) }
  }
}
