/// How a subject comes to read in a quality (5d: readers).
package struct ReaderRule: Hashable, Sendable {
  package var reader: ReaderClass
  /// The hat that the role's party must wear in the case; nil where the role is enough.
  package var hat: HatKind?
  /// When it must be worn: at one of these; none for ever.
  package var moments: CodeSet<HatMoment>
  /// The only purpose for which it reads; nil for any.
  package var purpose: Purpose?

  package init(
    _ reader: ReaderClass, hat: HatKind? = nil, moments: CodeSet<HatMoment> = [], purpose: Purpose? = nil
  ) {
    self.reader = reader
    self.hat = hat
    self.moments = moments
    self.purpose = purpose
  }
}
