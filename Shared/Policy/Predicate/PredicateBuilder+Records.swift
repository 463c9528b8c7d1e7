import AIP

extension PredicateBuilder {
  /// The records that show so much: another's, or a released one, or an own one; free of embargo, or even under it.
  func records() -> CasePredicate {
    let free = records(isEmbargoed: false)
    let embargoed = records(isEmbargoed: true)
    let byEmbargo = free == embargoed ? free : embargoed || .not(.record(.isUnderEmbargo)) && free
    return byEmbargo && recordClearance
  }

  private func records(isEmbargoed: Bool) -> CasePredicate {
    let party = context.subject.party
    let others = cases(.others, isEmbargoed: isEmbargoed)
    let released = cases(.released, isEmbargoed: isEmbargoed)
    let own = cases(.own, isEmbargoed: isEmbargoed)
    // Others is within released, and that within own.
    var shown = others
    if released != others { shown = shown || .condition(.record(.isReleased(to: party))) && released }
    if own != others { shown = shown || .condition(.record(.isOwned(by: party))) && own }
    return shown
  }

  /// A record above the clearance shows no more than that it is there.
  private var recordClearance: CasePredicate {
    if transform == .drop, policy.redactable.contains(dataClass) { return .always }
    let clearance = context.subject.clearance
    return clearance == .strictlyConfidential ? .always : .condition(.record(.isClassifiedAtMost(clearance)))
  }

  /// The records that show something countable, without those that embargoes keep from the subject's counts.
  func counted() -> CasePredicate {
    var counted = records() && (isCounted(under: .nextOfKin) || .not(.record(.isUnderEmbargo)))
    for kind in EmbargoKind.allCases {
      counted = counted && (isCounted(under: kind) || .not(.isUnderEmbargo(kind, at: context.environment.now)))
    }
    return counted
  }

  /// That the subject reads in a quality whose counts include what is under the embargo.
  private func isCounted(under kind: EmbargoKind) -> CasePredicate {
    let counted = policy.countedUnderEmbargo[Int(kind.rawValue)]
    return activeConditions().reduce(.never) { $0 || (counted.contains($1.0) ? $1.1 : .never) }
  }
}
