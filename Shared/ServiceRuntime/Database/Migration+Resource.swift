package import Postgres

extension Migration {
  /// A migration whose SQL the package manager embedded in the code.
  package init(_ number: Int, _ name: String, embedded sql: [UInt8]) {
    self.init(number, name, String(decoding: sql, as: UTF8.self))
  }
}
