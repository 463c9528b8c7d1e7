import Crypto

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

  /// The SHA-256 of the text, in hexadecimal.
  package var checksum: String {
    SHA256.hash(data: Array(sql.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

extension Migration: CustomStringConvertible {
  /// `0001_create_cases`, as its file is called.
  package var description: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }
}
