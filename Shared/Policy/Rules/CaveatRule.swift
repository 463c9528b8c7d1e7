/// What a handling caveat takes away, and from whom not (5e: caveats).
package struct CaveatRule: Hashable, Sendable {
  package var caveat: Caveat
  package var caps: [Cap]
  package var exempt: ReaderSet
  /// Whether a grant may lift it.
  package var isLiftable: Bool

  package init(_ caveat: Caveat, caps: [Cap], exempt: ReaderSet, isLiftable: Bool) {
    self.caveat = caveat
    self.caps = caps
    self.exempt = exempt
    self.isLiftable = isLiftable
  }
}
