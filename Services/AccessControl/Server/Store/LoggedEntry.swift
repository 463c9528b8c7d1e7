import AIP
import Audit
import MerkleTree
import Policy
import PolicyPostgres
import Postgres
import Records

/// An entry of the log as it is stored.
struct LoggedEntry: Hashable, Sendable {
  var index: Int64
  /// Canonical bytes.
  var leaf: [UInt8]

  /// Who is on record where nobody was.
  static let nobody = RecordID(high: 0, low: 0)
}

/// What entries of the log are selected by.
enum AuditTest: RowTest, Hashable {
  case principal(RecordID)
  case party(String)
  case resource(String)
  case service(String)
  case method(String)
  case grant(RecordID)
  case time(FilterOperator, PolicyTime)
  case index(FilterOperator, Int64)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .principal(let id): "t.principal_id = \(sql.add(id))"
    case .party(let party): "t.party = \(sql.add(party))"
    // Said twice for the index, which has no entries of lists.
    case .resource(let name): "t.resource <> '' AND t.resource = \(sql.add(name))"
    case .service(let name): "t.service = \(sql.add(name))"
    case .method(let name): "t.method = \(sql.add(name))"
    case .grant(let id): "t.index IN (SELECT u.index FROM audit_grant_uses u WHERE u.grant_id = \(sql.add(id)))"
    case .time(let comparison, let time): "t.event_time \(comparison.rawValue) \(sql.add(time))"
    case .index(let comparison, let index): "t.index \(comparison.rawValue) \(sql.add(index))"
    }
  }
}

extension LoggedEntry: StoredRecord {
  typealias Test = AuditTest

  static let table = "audit_entries"
  static let columns = "t.index, t.leaf"
  static let key = "index"
  static let isDescending = false

  var keyValue: ListKey { .number(index) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(index: try row.decode(), leaf: try row.decode())
  }
}

/// A signed head as it is stored.
struct StoredHead: Hashable, Sendable {
  var signed: SignedTreeHead
  var keyID: String

  /// Milliseconds since 1970.
  var timestamp: UInt64 { signed.head.timestamp }
}

/// The latest head of all, or of a size.
struct SelectAuditHead: PostgresStatement {
  static let isReadOnly = true
  var size: Int64?

  var sql: String {
    """
    SELECT size, sign_time, root, signature, key_id FROM audit_heads \(size == nil ? "" : "WHERE size = $1") \
    ORDER BY size DESC, sign_time DESC LIMIT 1
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    if let size { parameters.append(size) }
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> StoredHead {
    let (size, time): (Int64, PostgresTimestamp) = (try row.decode(), try row.decode())
    guard let root = TreeHash(bytes: try row.decode([UInt8].self)) else {
      throw PostgresError(.decoding(column: 2, .malformed))
    }
    let head = TreeHead(timestamp: time.unixMilliseconds, size: UInt64(clamping: size), root: root)
    return StoredHead(signed: SignedTreeHead(head: head, signature: try row.decode()), keyID: try row.decode())
  }
}

struct InsertAuditHead: PostgresStatement {
  typealias Row = Never
  var head: StoredHead

  var sql: String {
    "INSERT INTO audit_heads (size, sign_time, root, signature, key_id) VALUES ($1, $2, $3, $4, $5)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(Int64(clamping: head.signed.head.size))
    parameters.append(PolicyTime(microseconds: Int64(clamping: head.timestamp) * 1000))
    parameters.append(head.signed.head.root.bytes)
    parameters.append(head.signed.signature)
    parameters.append(head.keyID)
  }
}

/// The hashes of complete subtrees, in the order in which they are named; nil for one that is not there.
struct SelectAuditNodes: PostgresStatement {
  static let isReadOnly = true
  var addresses: [NodeAddress]

  // Each by its key, whatever the server believes of the size of tables that grow fast.
  var sql: String {
    """
    SELECT CASE WHEN a.level = 0 \
    THEN (SELECT sha256('\\x00'::bytea || e.leaf) FROM audit_entries e WHERE e.index = a.index) \
    ELSE (SELECT n.hash FROM audit_nodes n WHERE n.level = a.level AND n.index = a.index) END \
    FROM unnest($1, $2) WITH ORDINALITY AS a (level, index, place) ORDER BY a.place
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(addresses.map { Int16($0.level) })
    parameters.append(addresses.map { Int64(clamping: $0.index) })
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> TreeHash? {
    try row.decode([UInt8]?.self).flatMap { TreeHash(bytes: $0) }
  }
}
