/// One forward step of a schema: plain SQL, several statements, run in one transaction.
package struct Migration: Sendable, Hashable {
  /// Counted from 1 without gaps.
  package let number: Int
  /// What it does, in snake case (`create_cases`).
  package let name: String
  /// Never to be edited once it was applied anywhere; add another migration.
  package let sql: String

  package init(_ number: Int, _ name: String, _ sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }
}
