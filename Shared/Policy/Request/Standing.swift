/// How one record of a case stands to the reader's party: a victim, a submission, a proceeding, an entry of the log.
package enum Standing: UInt8, Hashable, Sendable, CaseIterable {
  /// It is its own: its victim, its submission, its court.
  case own
  /// It is another's, who has consented to its being passed on to the reader's party.
  case released
  /// It is another's.
  case others
}
