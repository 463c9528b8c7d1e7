/// That what the policy names for the kind is held back in a whole case for a time. (An embargo on one victim is a
/// property of its record: ``RecordFacts/isEmbargoed``.)
package struct Embargo: Hashable, Sendable {
  package var kind: EmbargoKind
  /// Until all time while nobody has lifted it.
  package var period: Period<PolicyTime>

  package init(_ kind: EmbargoKind, period: Period<PolicyTime> = .always) {
    self.kind = kind
    self.period = period
  }
}
