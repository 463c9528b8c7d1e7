/// What an embargo holds back, and from whom not (5, feature 11; 5h, invariant 4).
package struct EmbargoRule: Hashable, Sendable {
  package var kind: EmbargoKind
  package var caps: [Cap]
  package var exempt: ReaderSet
  /// Whose counts include a record under it.
  package var counted: ReaderSet

  package init(_ kind: EmbargoKind, caps: [Cap], exempt: ReaderSet, counted: ReaderSet) {
    self.kind = kind
    self.caps = caps
    self.exempt = exempt
    self.counted = counted
  }
}
