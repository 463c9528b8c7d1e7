/// What holds for a data class whoever reads (5e: level per field, summary, typed redaction).
package struct ClassRule: Hashable, Sendable {
  package var dataClass: DataClass
  /// Its classification in a case that is classified lower.
  package var classification: Classification
  /// What `S` gives.
  package var summary: Transform
  /// What a reader without a right gets: a typed redaction (``Transform/drop``), or nothing where the existence itself
  /// is protected (``Transform/absent``).
  package var denied: Transform
  /// Whether every read of it leaves a trace in the log.
  package var isProtected: Bool

  package init(
    _ dataClass: DataClass, classification: Classification, summary: Transform, denied: Transform, isProtected: Bool
  ) {
    self.dataClass = dataClass
    self.classification = classification
    self.summary = summary
    self.denied = denied
    self.isProtected = isProtected
  }
}
