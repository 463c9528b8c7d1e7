/// Who may approve grants, and how long they may last (5e: grant).
package struct GrantRule: Hashable, Sendable {
  package var approvers: ReaderSet
  /// Whose approval counts as the clearance of the Office of Legal Affairs.
  package var legal: ReaderSet
  package var days: Int

  package init(approvers: ReaderSet, legal: ReaderSet, days: Int) {
    self.approvers = approvers
    self.legal = legal
    self.days = days
  }
}
