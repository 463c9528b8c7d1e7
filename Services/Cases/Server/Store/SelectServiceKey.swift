import Postgres

/// A key that all instances of the service share.
struct SelectServiceKey: PostgresStatement {
  static let isReadOnly = true
  static let isBrief = true
  var name: String

  var sql: String { "SELECT key FROM service_keys WHERE name = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] {
    try row.decode()
  }
}
