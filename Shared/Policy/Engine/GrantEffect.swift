/// What the grants of an environment open to a subject in a case.
struct GrantEffect {
  /// The classes that they open, and those of them that the Office of Legal Affairs has cleared.
  var classes: DataClassSet = []
  var cleared: DataClassSet = []
  /// What may be passed on.
  var onward: DataClassSet = []
  /// The classes for which each caveat is lifted, at its number.
  private var lifts = SIMD16<UInt16>()

  @inline(__always)
  func lifted(_ caveat: Caveat) -> DataClassSet { DataClassSet(rawValue: lifts[Int(caveat.rawValue)]) }

  /// Adds a grant that holds.
  @inline(__always)
  mutating func add(_ grant: Grant, liftable: CaveatSet) {
    classes = classes.union(grant.classes)
    if grant.isClearedByLegal { cleared = cleared.union(grant.classes) }
    if grant.allowsOnwardSharing { onward = onward.union(grant.classes) }
    for caveat in grant.lifts.intersection(liftable) { lifts[Int(caveat.rawValue)] |= grant.classes.rawValue }
  }
}
