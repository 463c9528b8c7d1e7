import AIP
import Policy

/// Of which changes a reader is told, as conditions on rows: those of cases and records that lists show it.
struct ChangeLens: Sendable {
  /// The cases that are there for it, as in `CaseLens`; then what makes it see that one changes.
  let visible: CasePredicate
  let exact: CasePredicate
  let victims: CasePredicate
  /// Of which changes it is told: of any of the classes, in records of which the condition holds.
  let seen: [(classes: DataClassSet, records: CasePredicate)]
  /// The cases that it would see but for embargoes.
  let unheld: CasePredicate
  /// All of it, without what passes with the days, in a form that is the same in every process.
  let text: String

  init(_ context: AccessContext, _ current: PolicyGuard.Current) {
    let policy = current.evaluator
    let holds = current.snapshot.holds
    let visible = policy.predicate(context)
    let exact = policy.predicate(context, .core, atLeast: .clear)
    let victims = policy.recordPredicate(context, .victimAttributes, atLeast: .clear)
    let seen = Self.seen(context, policy, victims: victims)
    self.visible = visible.map { $0.resolved(by: holds) }
    self.exact = exact.map { $0.resolved(by: holds) }
    self.victims = victims.map { $0.resolved(by: holds) }
    self.seen = Self.merged(seen.map { ([$0.dataClass], $0.records.map { $0.resolved(by: holds) }) })
    unheld = visible.map { $0.resolved(by: []) }
    text = ([visible, exact, victims] + seen.map(\.records)).map(\.lastingText).joined(separator: "\n")
  }

  /// Records that are never changed but added to are told of where lists name them, however little they show; of others,
  /// what is seen as it is.
  private static func seen(
    _ context: AccessContext, _ policy: PolicyEvaluator, victims: CasePredicate
  ) -> [(dataClass: DataClass, records: CasePredicate)] {
    func records(_ dataClass: DataClass, atLeast transform: Transform) -> CasePredicate {
      policy.recordPredicate(context, dataClass, atLeast: transform)
    }
    return [
      (.core, policy.predicate(context, .core, atLeast: .generalise)),
      (.privileged, policy.predicate(context, .privileged, atLeast: .clear)),
      (.victimAttributes, victims),
      (.victimIdentity, .all([victims, records(.victimIdentity, atLeast: .clear)])),
      (.kinMedical, .all([victims, records(.kinMedical, atLeast: .clear)])),
      (.aggregates, policy.countPredicate(context)),
      (.suspectIdentity, records(.suspectIdentity, atLeast: .drop)),
      (.communications, records(.communications, atLeast: .drop)),
      (.hostProgress, records(.hostProgress, atLeast: .drop)),
    ]
  }

  /// Classes with one condition together.
  private static func merged(
    _ seen: [(classes: DataClassSet, records: CasePredicate)]
  ) -> [(classes: DataClassSet, records: CasePredicate)] {
    seen.reduce(into: []) { merged, next in
      if let place = merged.firstIndex(where: { $0.records == next.records }) {
        merged[place].classes = merged[place].classes.union(next.classes)
      } else if next.records != .any([]) {
        merged.append(next)
      }
    }
  }
}

extension CasePredicate {
  fileprivate var lastingText: String {
    let condition = map { $0.lasting }.sql()
    return "\(condition.text) \(condition.parameters)"
  }
}

extension CaseTest {
  /// The same test on whatever day, whatever is under embargo, and in whatever order cases are named.
  fileprivate var lasting: CaseTest {
    switch self {
    case .wears(let hats, let party, let moments, _): .wears(hats, party, moments, today: .distantPast)
    case .isUnderEmbargo: .isOneOf([])
    case .isOneOf(let ids): .isOneOf(ids.sorted())
    default: self
    }
  }
}
