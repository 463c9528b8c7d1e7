import AIP

import Policy

/// By which texts a reader finds cases, as conditions on their rows: those that it sees as they are. A pseudonym or a summary
/// stands for a text that it does not see, and finds nothing.
struct TextLens: Sendable {
  /// The classes of which it sees some texts, each with which ones.
  let classes: [(dataClass: DataClass, seen: CasePredicate)]

  init(_ context: AccessContext, _ current: PolicyGuard.Current, told: CasePredicate) {
    let (policy, holds) = (current.evaluator, current.snapshot.holds)
    func seen(_ dataClass: DataClass) -> CasePredicate {
      policy.recordPredicate(context, dataClass, atLeast: .clear).map { $0.resolved(by: holds) }
    }
    let attributes = seen(.victimAttributes)
    let classes: [(dataClass: DataClass, seen: CasePredicate)] = [
      // Number and mission are shown with a coarser date too.
      (.core, told),
      (.victimAttributes, attributes),
      // Who a victim is is shown with the victim.
      (.victimIdentity, attributes == .any([]) ? attributes : .all([attributes, seen(.victimIdentity)])),
      (.suspectIdentity, seen(.suspectIdentity)),
      (.communications, seen(.communications)),
      (.hostProgress, seen(.hostProgress)),
    ]
    self.classes = classes.filter { $0.seen != .any([]) }
  }
}
