extension PolicyEvaluator {
  /// Decides as ``decide(_:)`` does, by the same code, and says how it came to it.
  package func explain(_ request: AccessRequest) -> Explanation {
    var writer = ExplanationWriter()
    let decision = evaluate(request, &writer)
    let lines = DataClass.allCases.map { dataClass in
      Explanation.Line(
        dataClass: dataClass,
        others: decision.disposition(dataClass, .others, isEmbargoed: false),
        released: decision.disposition(dataClass, .released, isEmbargoed: false),
        own: decision.disposition(dataClass, .own, isEmbargoed: false),
        embargoed: decision.disposition(dataClass, .others, isEmbargoed: true))
    }
    return Explanation(decision: decision, steps: writer.steps, lines: lines)
  }
}
