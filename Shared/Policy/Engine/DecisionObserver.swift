/// Is told what an evaluation finds on its way. The one that decisions use is told nothing and costs nothing; the one
/// that explanations use writes it down. So an explanation is what really happened.
protocol DecisionObserver {
  mutating func note(_ step: @autoclosure () -> Explanation.Step)
}

struct NoObserver: DecisionObserver {
  @inline(__always)
  mutating func note(_ step: @autoclosure () -> Explanation.Step) {}
}

struct ExplanationWriter: DecisionObserver {
  private(set) var steps: [Explanation.Step] = []

  mutating func note(_ step: @autoclosure () -> Explanation.Step) { steps.append(step()) }
}
