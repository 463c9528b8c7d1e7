import AIP
import Postgres
import Sealing

/// Where secrets lie.
enum SecretTable: CaseIterable, Sendable {
  case serviceKeys, tokenKeys, credentials, invitations

  /// Of one that is not sealed, in bytes.
  var size: Int {
    switch self {
    case .serviceKeys, .tokenKeys: 32
    case .credentials, .invitations: TOTP.secretSize
    }
  }

  fileprivate var name: String {
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

  /// The key of page tokens is every service's, and proves nobody's identity.
  fileprivate var condition: String { self == .serviceKeys ? " AND name <> 'page_tokens'" : "" }

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

/// The secrets of a table that do not begin with the mark, which nobody else changes until the transaction ends.
struct SelectUnsealed: PostgresStatement {
  struct Row: Sendable {
    var key: String
    var secret: [UInt8]
  }

  var table: SecretTable
  /// Of what is sealed with the present key.
  var mark: [UInt8]

  // A secret that is not sealed can begin like one that is.
  var sql: String {
    """
    SELECT \(table.key)::text, \(table.column) FROM \(table.name) WHERE (octet_length(\(table.column)) = \(table.size) \
    OR substr(\(table.column), 1, \(mark.count)) <> $1)\(table.condition) ORDER BY 1 FOR UPDATE
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(mark) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(key: try row.decode(), secret: try row.decode())
  }
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
