package import Postgres

/// A key that all instances of the service share.
package struct SelectServiceKey: PostgresStatement {
  package static let isReadOnly = true
  package static let isBrief = true
  var name: String

  package init(name: String) { self.name = name }

  package var sql: String { "SELECT key FROM service_keys WHERE name = $1" }

  package func bind(_ parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  package static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] {
    try row.decode()
  }
}
