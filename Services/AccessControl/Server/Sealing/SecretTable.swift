import AIP
import Postgres
import Sealing

/// Where secrets lie.
enum SecretTable: CaseIterable, Hashable, Sendable {
  case serviceKeys, tokenKeys, credentials, invitations

  /// Of one that is not sealed, in bytes.
  var size: Int {
    switch self {
    case .serviceKeys, .tokenKeys: 32
    case .credentials, .invitations: TOTP.secretSize
    }
  }

  var name: String {
    switch self {
    case .serviceKeys: "service_keys"
    case .tokenKeys: "token_keys"
    case .credentials: "credentials"
    case .invitations: "invitations"
    }
  }

  fileprivate var key: String { self == .serviceKeys ? "name" : "id" }

  fileprivate var column: String {
    switch self {
    case .serviceKeys: "key"
    case .tokenKeys: "seed"
    case .credentials, .invitations: "totp_secret"
    }
  }

  /// Which of its rows hold a secret that does not begin with `$1`, or is not sealed, which can begin like one that is. The
  /// key of page tokens is every service's, and proves nobody's identity.
  fileprivate func unsealed(markSize: Int) -> String {
    """
    (octet_length(\(column)) = \(size) OR substr(\(column), 1, \(markSize)) <> $1)\
    \(self == .serviceKeys ? " AND name <> 'page_tokens'" : "")
    """
  }

  func place(_ key: String) throws(PostgresError) -> Vault.Place {
    func id() throws(PostgresError) -> RecordID {
      guard let id = RecordID(key) else { throw PostgresError(.decoding(column: 0, .malformed)) }
      return id
    }
    return switch self {
    case .serviceKeys: .serviceKey(key)
    case .tokenKeys: .tokenKey(key)
    case .credentials: .credential(try id())
    case .invitations: .invitation(try id())
    }
  }
}

/// Secrets of a table that do not begin with the mark, which nobody else changes until the transaction ends.
struct SelectUnsealed: PostgresStatement {
  struct Row: Sendable {
    var key: String
    var secret: [UInt8]
  }

  var table: SecretTable
  /// Of what is sealed with the present key.
  var mark: [UInt8]
  var limit = Resealing.lot

  var sql: String {
    """
    SELECT \(table.key)::text, \(table.column) FROM \(table.name) WHERE \(table.unsealed(markSize: mark.count)) \
    ORDER BY 1 LIMIT \(limit) FOR UPDATE
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(mark) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(key: try row.decode(), secret: try row.decode())
  }
}

/// How many there are.
struct CountUnsealed: PostgresStatement {
  static let isReadOnly = true
  var table: SecretTable
  var mark: [UInt8]

  var sql: String { "SELECT count(*) FROM \(table.name) WHERE \(table.unsealed(markSize: mark.count))" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(mark) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

struct UpdateSecret: PostgresStatement {
  typealias Row = Never
  var table: SecretTable
  var key: String
  var sealed: [UInt8]

  var sql: String { "UPDATE \(table.name) SET \(table.column) = $2 WHERE \(table.key)::text = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(key)
    parameters.append(sealed)
  }
}
