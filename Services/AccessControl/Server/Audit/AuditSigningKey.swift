import Audit
import Crypto
import FoundationEssentials
import Postgres

/// A key that the log's heads are signed with, or were.
struct AuditSigningKey: Sendable {
  /// Which of them it is, from 1.
  var number: Int
  var key: Curve25519.Signing.PrivateKey

  static let prefix = "audit_signing."
}

/// All of them, the one that signs now last.
struct SelectAuditKeys: PostgresStatement {
  static let isReadOnly = true

  var sql: String { "SELECT name, key FROM service_keys WHERE name LIKE 'audit\\_signing.%' ORDER BY name" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> AuditSigningKey {
    let (name, seed): (String, [UInt8]) = (try row.decode(), try row.decode())
    guard let number = Int(name.dropFirst(AuditSigningKey.prefix.count)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    else { throw PostgresError(.decoding(column: 0, .malformed)) }
    return AuditSigningKey(number: number, key: key)
  }
}

/// Adds a key, which signs from now on. Fails for a number that is taken.
struct InsertAuditKey: PostgresStatement {
  typealias Row = Never
  var key: AuditSigningKey

  var sql: String { "INSERT INTO service_keys (name, key) VALUES ($1, $2)" }

  func bind(_ parameters: inout PostgresParameters) {
    let digits = String(key.number)
    parameters.append(AuditSigningKey.prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    parameters.append(Array(key.key.rawRepresentation))
  }
}
