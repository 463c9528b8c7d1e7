import AIP
import Audit
import Crypto
import FoundationEssentials
import Postgres
import Sealing

/// A key that the log's heads are signed with, or were.
struct AuditSigningKey: Sendable {
  /// Which of them it is, from 1.
  var number: Int
  var key: Curve25519.Signing.PrivateKey

  static let prefix = "audit_signing."

  /// Under which it is stored.
  static func name(_ number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Vault {
  func open(_ rows: [SelectAuditKeys.Row]) throws -> [AuditSigningKey] {
    try rows.map { row in
      AuditSigningKey(
        number: row.number,
        key: try Curve25519.Signing.PrivateKey(rawRepresentation: try open(row.sealed, .serviceKey(row.name))))
    }
  }
}

/// All of them, the one that signs now last.
struct SelectAuditKeys: PostgresStatement {
  struct Row: Sendable {
    var number: Int
    var name: String
    var sealed: [UInt8]
  }

  static let isReadOnly = true

  var sql: String { "SELECT name, key FROM service_keys WHERE name LIKE 'audit\\_signing.%' ORDER BY name" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let name: String = try row.decode()
    guard let number = Int(name.dropFirst(AuditSigningKey.prefix.count)) else {
      throw PostgresError(.decoding(column: 0, .malformed))
    }
    return Row(number: number, name: name, sealed: try row.decode())
  }
}

/// Adds a key, which signs from now on. Fails for a number that is taken.
struct InsertAuditKey: PostgresStatement {
  typealias Row = Never
  private let name: String
  private let sealed: [UInt8]

  init(key: AuditSigningKey, sealedBy vault: Vault) throws(ServiceError) {
    name = AuditSigningKey.name(key.number)
    sealed = try vault.seal(Array(key.key.rawRepresentation), .serviceKey(name))
  }

  var sql: String { "INSERT INTO service_keys (name, key) VALUES ($1, $2)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(name)
    parameters.append(sealed)
  }
}
