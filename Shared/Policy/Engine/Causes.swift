/// What each step of a decision took away, or could have added.
struct Causes: Hashable, Sendable {
  var conflict = Exposures.nothing
  var clearance = Exposures.nothing
  var embargo = Exposures.nothing
  var caveat = Exposures.nothing
  /// What a grant would have given.
  var grantable = Exposures.nothing
}
