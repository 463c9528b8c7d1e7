import AIP
import Policy

/// What a reader sees in lists, as conditions on rows: those that ``CaseDisclosure`` would find true case by case.
struct CaseLens: Sendable {
  /// The cases that are there for it.
  let visible: CasePredicate
  /// Those of which it sees the core, if only coarser; and those of which it sees it as it is.
  let told: CasePredicate
  let exact: CasePredicate
  /// The victims that it sees, and those that it may count.
  let victims: CasePredicate
  let counted: CasePredicate

  init(_ context: AccessContext, _ current: PolicyGuard.Current) {
    let (policy, holds) = (current.evaluator, current.snapshot.holds)
    func resolved(_ predicate: CasePredicate) -> CasePredicate { predicate.map { $0.resolved(by: holds) } }
    visible = resolved(policy.predicate(context))
    told = resolved(policy.predicate(context, .core, atLeast: .generalise))
    exact = resolved(policy.predicate(context, .core, atLeast: .clear))
    victims = resolved(policy.recordPredicate(context, .victimAttributes, atLeast: .clear))
    counted = resolved(policy.countPredicate(context))
  }

  /// Everything as it is.
  init() {
    visible = .all([])
    told = .all([])
    exact = .all([])
    victims = .all([])
    counted = .all([])
  }

  /// What it can filter by: a field that it sees in no case is no field.
  var filters: FilterSchema<CaseCondition> {
    CaseCondition.schema.limited { field in
      switch field {
      case "nationality", "category", "personnel_group": victims != .any([])
      case "victim_count": counted != .any([])
      default: told != .any([])
      }
    }
  }
}

extension CaseTest {
  /// Embargoes on cases are access control's: they come with the policy, and a condition on them is one on cases.
  func resolved(by holds: [CaseHold]) -> CaseTest {
    guard case .isUnderEmbargo(let kind, let time) = self else { return self }
    return .isOneOf(holds.filter { $0.embargo.kind == kind && $0.embargo.period.contains(time) }.map(\.caseID))
  }
}
