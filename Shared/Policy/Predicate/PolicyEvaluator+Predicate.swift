// The policy as a condition on rows. The tables are those of the evaluator; only the facts of the case are unknown here,
// so that each rule that asks for one becomes a test of it and everything else is settled now.
extension PolicyEvaluator {
  /// The cases of which a subject sees at least so much of a class that belongs to the case as a whole: with the class
  /// and transform of what a list shows, the list's condition.
  ///
  /// - Parameter transform: more than ``Transform/absent``, which everything is.
  package func predicate(
    _ context: AccessContext, _ dataClass: DataClass = .core, atLeast transform: Transform = .countOnly,
    gate: DataClass = .core
  ) -> CasePredicate {
    PredicateBuilder(self, context, dataClass, transform, gate: gate).cases(.others, isEmbargoed: false)
  }

  /// The records, each with its case, of which a subject sees at least so much of a class: the condition that goes with a
  /// filter, an order or a count on a field of that class.
  package func recordPredicate(
    _ context: AccessContext, _ dataClass: DataClass, atLeast transform: Transform, gate: DataClass = .core
  ) -> CasePredicate {
    PredicateBuilder(self, context, dataClass, transform, gate: gate).records()
  }

  /// The records that count in figures for a subject, as ``Decision/counts(_:as:)`` says.
  package func countPredicate(
    _ context: AccessContext, as dataClass: DataClass = .victimAttributes, gate: DataClass = .core
  ) -> CasePredicate {
    PredicateBuilder(self, context, dataClass, .countOnly, gate: gate).counted()
  }
}
