/// Why a schema could not be brought up to date.
package enum MigrationError: Error, Sendable {
  /// Two migrations have the same number.
  case duplicate(Int)
  /// A number is left out.
  case gap(expected: Int, found: Int)
  /// The text of an applied migration is not what it was when it was applied.
  case changed(Migration)
  /// The database has a migration that this program does not know: it is older than the database.
  case unknown(number: Int)
  /// The database refused a migration, which was undone.
  case failed(Migration, PostgresError)
}

extension MigrationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .duplicate(let number):
      "two migrations have the number \(number)"
    case .gap(let expected, let found):
      "migration \(expected) is missing: after \(expected - 1) comes \(found)"
    case .changed(let migration):
      "migration \(migration) was changed after it had been applied; restore its text and add a new migration"
    case .unknown(let number):
      "the database has migration \(number), which this program does not know; use a newer program"
    case .failed(let migration, let error):
      "migration \(migration) failed and was undone: \(error)"
    }
  }
}
