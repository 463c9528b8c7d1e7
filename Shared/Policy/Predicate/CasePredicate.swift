package import AIP

/// A condition on cases, or on records of cases: what a policy comes down to for one context.
package typealias CasePredicate = FilterTree<CaseTest>

extension FilterTree<CaseTest> {
  static let always = CasePredicate.all([])
  static let never = CasePredicate.any([])

  var isAlways: Bool { self == .always }
  var isNever: Bool { self == .never }

  /// Both, without what is always so.
  static func && (left: CasePredicate, right: CasePredicate) -> CasePredicate {
    if left.isNever || right.isNever { return .never }
    if left.isAlways { return right }
    return right.isAlways ? left : .all(left.parts(ofAll: true) + right.parts(ofAll: true))
  }

  /// Either, without what is never so and without saying the same twice.
  static func || (left: CasePredicate, right: CasePredicate) -> CasePredicate {
    if left.isAlways || right.isAlways { return .always }
    if left.isNever || left == right { return right }
    return right.isNever ? left : .any(left.parts(ofAll: false) + right.parts(ofAll: false))
  }

  static func not(_ test: CaseTest) -> CasePredicate { .not(.condition(test)) }

  private func parts(ofAll: Bool) -> [CasePredicate] {
    switch self {
    case .all(let parts) where ofAll: parts
    case .any(let parts) where !ofAll: parts
    default: [self]
    }
  }

  /// Whether it holds for a case, and for a record of it where it speaks of records; false if it does and there is none.
  package func holds(for resource: CaseFacts, record: RecordFacts? = nil) -> Bool {
    holds { $0.holds(for: resource, record: record) }
  }
}
