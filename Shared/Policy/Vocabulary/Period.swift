/// From a bound, which is part of it, until another, which is not. Empty when the second is not after the first.
package struct Period<Bound: Comparable & Hashable & Sendable>: Hashable, Sendable {
  package var from: Bound
  package var until: Bound

  package init(from: Bound, until: Bound) {
    self.from = from
    self.until = until
  }

  @inline(__always)
  package func contains(_ bound: Bound) -> Bool { from <= bound && bound < until }

  @inline(__always)
  package func overlaps(_ other: Period) -> Bool { max(from, other.from) < min(until, other.until) }
}

extension Period<Day> {
  package static let always = Period(from: .distantPast, until: .distantFuture)
}

extension Period<PolicyTime> {
  package static let always = Period(from: .distantPast, until: .distantFuture)
}
