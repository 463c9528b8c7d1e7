/// Who may lower a classification, and when a confidential record opens (5e: downgrade, declassification date).
package struct ClassificationRule: Hashable, Sendable {
  package var downgraders: ReaderSet
  /// After so many years a confidential record may be opened; a strictly confidential one never by time alone.
  package var years: Int

  package init(downgraders: ReaderSet, years: Int) {
    self.downgraders = downgraders
    self.years = years
  }
}
