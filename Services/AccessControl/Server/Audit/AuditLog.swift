import AIP
import Audit
import AuditOutbox
import Crypto
import GRPCCore
import MerkleTree
import Policy
package import Postgres
import Records
import Sealing

/// The log of who did and saw what, as it grows: entries, tree and signed head in one transaction, one writer at a
/// time.
package struct AuditLog: Sendable {
  private let pool: PostgresPool
  private let vault: Vault
  private let clock: WallClock

  init(pool: PostgresPool, vault: Vault, clock: WallClock) {
    self.pool = pool
    self.vault = vault
    self.clock = clock
  }

  /// For a measurement: over a schema of its own, with secrets sealed by a key that nobody keeps.
  package static func begun(over pool: PostgresPool) async throws -> AuditLog {
    let vault = Vault(Vault.newKey())
    try await Resealing.perform(vault, pool)
    return AuditLog(pool: pool, vault: vault, clock: .system)
  }

  /// Appends records of a service, in their order, all of them or none; those that it has it passes over.
  ///
  /// - Parameters:
  ///   - records: canonical bytes.
  ///   - first: the place of the first of them among the service's records.
  /// - Returns: the place of the next that is wanted; less than `first` when some between are missing.
  /// - Throws: INVALID_ARGUMENT for what is no record, or one of a method of another service.
  package func append(_ records: [[UInt8]], from first: UInt64, of service: String) async throws -> UInt64 {
    // Hashing takes long, and calls are served on the loops of their connections.
    try await withTaskExecutorPreference(globalConcurrentExecutor) {
      let batch = try AuditBatch(records, of: service)
      return try await pool.withTransaction { transaction in
        try await append(batch, from: first, transaction)
      }
    }
  }

  private func append(
    _ batch: AuditBatch, from first: UInt64, _ transaction: PostgresTransaction
  ) async throws -> UInt64 {
    // The lock is the first: what the others read is what it protects.
    let (states, sources, parties, keys) = try await transaction.execute(
      LockAuditLog(), SelectAuditSource(service: batch.service), SelectAuditParties(parties: batch.parties),
      SelectAuditKeys())
    guard let state = states.first else { throw ServiceError.logFault }
    let next = UInt64(clamping: sources.first ?? 0)
    guard first <= next, next - first < UInt64(batch.records.count) else { return next }
    let counts = Dictionary(parties.map { ($0.party, UInt64(clamping: $0.count)) }) { $1 }
    let growth = try AuditGrowth(
      of: state, with: batch.records.dropFirst(Int(next - first)), from: next, of: batch.service, parties: counts)
    let head = try signed(growth.frontier, with: keys)
    try await transaction.execute(
      InsertAuditEntries(first: state.size, service: batch.service, entries: growth.entries),
      InsertGrantUses(first: state.size, entries: growth.entries),
      InsertAuditNodes(nodes: growth.nodes),
      UpdateAuditLog(frontier: growth.frontier),
      UpsertAuditSource(service: batch.service, count: growth.next),
      UpsertAuditParties(counts: growth.parties),
      InsertAuditHead(head: head)
    )
    return growth.next
  }

  /// Signs the log as it is when no head is younger than `age`: so that a reader can tell that it is looked after.
  func signAnew(olderThan age: Duration) async throws {
    try await pool.withTransaction { transaction in
      let (states, keys, heads) = try await transaction.execute(
        LockAuditLog(), SelectAuditKeys(), SelectAuditHead(size: nil))
      guard let state = states.first else { throw ServiceError.logFault }
      let due = heads.first.map { $0.timestamp + UInt64(age / .milliseconds(1)) } ?? 0
      guard clock.now().unixMilliseconds >= due else { return }
      try await transaction.execute(InsertAuditHead(head: try signed(try state.frontier(), with: keys)))
    }
  }

  private func signed(_ frontier: TreeFrontier, with keys: [SelectAuditKeys.Row]) throws -> StoredHead {
    guard let key = try vault.open(Array(keys.suffix(1))).first else { throw ServiceError.logFault }
    let now = clock.now().unixMilliseconds
    let head = TreeHead(timestamp: now, size: frontier.size, root: frontier.root)
    return StoredHead(signed: try SignedTreeHead(signing: head, with: key.key), keyID: key.key.publicKey.keyID)
  }
}

/// Access control's own way to its log.
package struct OwnAuditLog: AuditCollector {
  /// As the identities of its processes have it.
  private static let service = "access"
  private let log: AuditLog

  package init(log: AuditLog) { self.log = log }

  package func collect(_ records: [[UInt8]], from first: UInt64) async throws -> UInt64 {
    try await log.append(records, from: first, of: Self.service)
  }
}

extension ServiceError {
  /// INTERNAL: the log's own tables are not as they must be.
  static let logFault = ServiceError(.internalError, .internalFault, "the log is not as it must be")
}
