extension PolicyEvaluator {
  /// What an answer to the subject is classified as: at least as high as the highest class that it shows (5e).
  package func classification(of decision: Decision, for resource: CaseFacts) -> Classification {
    let visible = decision.classes(atLeast: .pseudonym)
    return policy.classes.filter { visible.contains($0.dataClass) }.map(\.classification)
      .reduce(resource.classification, max)
  }
}
