import AIP
import Audit
import MerkleTree
import Policy
import PolicyPostgres
import Postgres
import Records

/// The right edge of the log, kept from others until the transaction ends.
struct LockAuditLog: PostgresStatement {
  struct State: Sendable {
    var size: Int64
    var hashes: [[UInt8]]

    /// - Throws: INTERNAL when it is none.
    func frontier() throws -> TreeFrontier {
      let subtrees = hashes.compactMap { TreeHash(bytes: $0) }
      guard subtrees.count == hashes.count, let frontier = TreeFrontier(size: UInt64(clamping: size), hashes: subtrees)
      else { throw ServiceError.logFault }
      return frontier
    }
  }

  var sql: String { "SELECT size, frontier FROM audit_log FOR UPDATE" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> State {
    State(size: try row.decode(), hashes: try row.decode())
  }
}

/// How many records a service has given.
struct SelectAuditSource: PostgresStatement {
  static let isReadOnly = true
  var service: String

  var sql: String { "SELECT count FROM audit_sources WHERE service = $1" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(service) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// How many entries parties have.
struct SelectAuditParties: PostgresStatement {
  struct Row: Sendable {
    var party: PartyID
    var count: Int64
  }

  static let isReadOnly = true
  var parties: [PartyID]

  var sql: String { "SELECT party, count FROM audit_parties WHERE party = ANY($1)" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(parties.map(\.description)) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(party: try row.party(), count: try row.decode())
  }
}

struct InsertAuditEntries: PostgresStatement {
  typealias Row = Never
  /// Place of the first.
  var first: Int64
  var service: String
  var entries: [StoredEntry]

  var sql: String {
    """
    INSERT INTO audit_entries (index, leaf, service, method, principal_id, party, resource, event_time) \
    SELECT $1 + place - 1, leaf, $2, method, principal_id, party, resource, event_time \
    FROM unnest($3, $4, $5, $6, $7, $8) WITH ORDINALITY \
    AS t (leaf, method, principal_id, party, resource, event_time, place) ORDER BY place
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(first)
    parameters.append(service)
    parameters.append(entries.map(\.leaf))
    parameters.append(entries.map(\.record.method))
    parameters.append(entries.map { $0.record.principal ?? LoggedEntry.nobody })
    parameters.append(entries.map { $0.record.party?.description ?? "" })
    parameters.append(entries.map(\.record.resource))
    parameters.append(entries.map { PostgresTimestamp($0.record.time) })
  }
}

/// Which of the entries rest on grants.
struct InsertGrantUses: PostgresStatement {
  typealias Row = Never
  /// Place of the first.
  var first: Int64
  var entries: [StoredEntry]

  // A record may name a grant twice.
  var sql: String {
    """
    INSERT INTO audit_grant_uses (grant_id, index) SELECT DISTINCT * FROM unnest($1, $2) AS t (grant_id, index)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    let uses = zip(first..., entries).flatMap { index, entry in entry.record.grants.map { (grant: $0, index: index) } }
    parameters.append(uses.map(\.grant))
    parameters.append(uses.map(\.index))
  }
}

struct InsertAuditNodes: PostgresStatement {
  typealias Row = Never
  var nodes: [TreeFrontier.Node]

  var sql: String { "INSERT INTO audit_nodes (level, index, hash) SELECT * FROM unnest($1, $2, $3)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(nodes.map { Int16($0.address.level) })
    parameters.append(nodes.map { Int64(clamping: $0.address.index) })
    parameters.append(nodes.map(\.hash.bytes))
  }
}

struct UpdateAuditLog: PostgresStatement {
  typealias Row = Never
  var frontier: TreeFrontier

  var sql: String { "UPDATE audit_log SET size = $1, frontier = $2" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(Int64(clamping: frontier.size))
    parameters.append(frontier.hashes.map(\.bytes))
  }
}

struct UpsertAuditSource: PostgresStatement {
  typealias Row = Never
  var service: String
  var count: UInt64

  var sql: String {
    """
    INSERT INTO audit_sources (service, count) VALUES ($1, $2) \
    ON CONFLICT (service) DO UPDATE SET count = excluded.count
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(service)
    parameters.append(Int64(clamping: count))
  }
}

struct UpsertAuditParties: PostgresStatement {
  typealias Row = Never
  var counts: [PartyID: UInt64]

  var sql: String {
    """
    INSERT INTO audit_parties (party, count) SELECT * FROM unnest($1, $2) \
    ON CONFLICT (party) DO UPDATE SET count = excluded.count
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(counts.keys.map(\.description))
    parameters.append(counts.values.map { Int64(clamping: $0) })
  }
}
