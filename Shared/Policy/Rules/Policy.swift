/// The rules as data (5d, 5e): a value that can be read, compared, signed and replaced without touching a line of code.
///
/// Every list is complete and in the order of its vocabulary's numbers; ``init(text:)`` sees to it.
package struct Policy: Hashable, Sendable {
  /// Counts up with every change; stored with each decision.
  package var version: UInt32
  package var readers: [ReaderRule]
  package var classes: [ClassRule]
  /// By data class, then by reader class.
  package var matrix: [[Cell]]
  package var caveats: [CaveatRule]
  package var embargoes: [EmbargoRule]
  /// What a party in a conflict of interest never sees, whatever else it is.
  package var conflict: [Cap]
  /// Who still reads while a mission's records are sealed.
  package var lockdownExempt: ReaderSet
  package var emergency: EmergencyRule
  package var grants: GrantRule
  package var classification: ClassificationRule
  /// Roles that may be handed over for a time.
  package var delegable: ReaderSet
  /// Roles that bar their holder from acting in any other: separation of duties.
  package var exclusive: ReaderSet
  /// Who may pass on what it reads in full.
  package var sharing: ReaderSet

  package func cell(_ dataClass: DataClass, _ reader: ReaderClass) -> Cell {
    matrix[Int(dataClass.rawValue)][Int(reader.rawValue)]
  }
}
