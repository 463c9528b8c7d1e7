/// The moment after which nobody waits for the database any more, inherited by the calls below it.
///
/// The RPC layer binds it once for each call: `PostgresDeadline.$current.withValue(deadline) { … }`.
package enum PostgresDeadline {
  @TaskLocal package static var current: ContinuousClock.Instant?

  /// The earlier of `explicit` and ``current``.
  static func effective(_ explicit: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    guard let explicit else { return current }
    guard let current else { return explicit }
    return min(explicit, current)
  }
}
