import Audit
import Crypto
import GRPCCore
import MerkleTree
import Policy
import Postgres
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer

/// Somebody with the database in their hands, against readers who kept a head and the log's key (5h, invariant 12).
/// What readers check they got from the service, over its contract, and check it offline.
@Suite("The log, changed by hand in the database", .serialized)
struct AuditTamperTests {
  /// A log that two readers know: an auditor, and Kenya with 40 entries of its own.
  private struct Scene {
    let harness: AccessHarness
    let auditor: String
    let kenya: String
    let keys: AuditKeys
    /// The head that the readers kept, from before the tampering.
    let known: PBTreeHead
    /// An entry of Kenya's in the middle, the left of two leaves of a node.
    let victim: Int64

    /// As the superuser, past the triggers that hold what the service holds to.
    func tamper(_ sql: String) async throws {
      try await harness.database.run("SET search_path TO access; SET session_replication_role = replica; " + sql)
    }

    /// What the readers find, of all and of Kenya's own.
    func faults() async throws -> (auditor: AuditFault?, kenya: AuditFault?) {
      (try await fault(auditor), try await fault(kenya))
    }

    func fault(_ uri: String) async throws -> AuditFault? {
      let parts = try await harness.export(as: uri, known: known.treeSize)
      do {
        _ = try verified(parts, by: keys, known: known)
        return nil
      } catch let fault as AuditFault {
        return fault
      }
    }
  }

  private static func run(_ body: @Sendable @escaping (Scene) async throws -> Void) async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      let (_, kenya) = try await harness.state("KEN")
      _ = try await harness.collect(reads(0..<40).map(\.encoded), from: 0)
      try await harness.untilLogged()
      let known = try await harness.head(as: auditor)
      let entries = try await harness.entries(as: kenya)
      // The log goes on.
      _ = try await harness.collect(reads(40..<50).map(\.encoded), from: 40)
      try await harness.untilLogged()
      let scene = Scene(
        harness: harness, auditor: auditor, kenya: kenya, keys: try await harness.auditKeys(), known: known,
        victim: entries[17].index & ~1)
      let clean = try await scene.faults()
      #expect(clean.auditor == nil && clean.kenya == nil)
      try await harness.untilLogged()
      try await body(scene)
    }
  }

  @Test("an entry that was edited is not included")
  func edited() async throws {
    try await Self.run { scene in
      // That it was not allowed: the byte before the empty grants and details, with which these end.
      try await scene.tamper(
        "UPDATE audit_entries SET leaf = set_byte(leaf, octet_length(leaf) - 3, 0) WHERE index = \(scene.victim)")
      let faults = try await scene.faults()
      #expect(faults.auditor == .notIncluded(index: scene.victim))
      #expect(faults.kenya == .notIncluded(index: scene.victim))
    }
  }

  @Test("an entry that says something else in its place is not included")
  func replaced() async throws {
    try await Self.run { scene in
      try await scene.tamper(
        """
        UPDATE audit_entries SET leaf = (SELECT leaf FROM audit_entries WHERE index = \(scene.victim + 1)) \
        WHERE index = \(scene.victim)
        """)
      let faults = try await scene.faults()
      #expect(faults.auditor == .notIncluded(index: scene.victim))
      #expect(faults.kenya == .notIncluded(index: scene.victim))
    }
  }

  @Test("an entry that was removed is missed")
  func removed() async throws {
    try await Self.run { scene in
      try await scene.tamper("DELETE FROM audit_entries WHERE index = \(scene.victim)")
      // Its neighbour's proof needs it: the service cannot even give one.
      let refused = try await failure { try await scene.harness.export(as: scene.auditor) }
      #expect(refused?.code == .internalError)
      // Hidden from the list by its columns, it is missed by the reader.
      try await scene.tamper(
        """
        INSERT INTO audit_entries \
        SELECT \(scene.victim), leaf, service, method, principal_id, 'MLI', resource, event_time \
        FROM audit_entries WHERE index = \(scene.victim - 1)
        """)
      let faults = try await scene.faults()
      #expect(faults.auditor == .notIncluded(index: scene.victim) && faults.kenya != nil)
    }
  }

  @Test("an entry that is kept from its State is missed by it")
  func hidden() async throws {
    try await Self.run { scene in
      try await scene.tamper("UPDATE audit_entries SET party = 'MLI' WHERE index = \(scene.victim)")
      let faults = try await scene.faults()
      #expect(faults.auditor == nil && faults.kenya == .missing(before: scene.victim + 1))
      // And is not shown to the other.
      let (_, mali) = try await scene.harness.state("MLI")
      #expect(try await scene.harness.entries(as: mali, filter: "index = \(scene.victim)").isEmpty)
    }
  }

  @Test("entries that changed places are not included")
  func reordered() async throws {
    try await Self.run { scene in
      let (first, second) = (scene.victim, scene.victim + 1)
      try await scene.tamper(
        """
        UPDATE audit_entries e SET leaf = o.leaf FROM audit_entries o \
        WHERE (e.index, o.index) IN ((\(first), \(second)), (\(second), \(first)))
        """)
      let faults = try await scene.faults()
      #expect(faults.auditor == .notIncluded(index: first) && faults.kenya == .notIncluded(index: first))
    }
  }

  enum Change: String, CaseIterable { case edited, removed, swapped, inserted }

  @Test(
    "a whole new log, signed with the log's own key, does not join the head that was kept", arguments: Change.allCases)
  func forked(_ change: Change) async throws {
    try await Self.run { scene in
      var leaves = try await scene.harness.pool.execute(SelectLeaves())
      let victim = Int(scene.victim)
      switch change {
      case .edited:
        var leaf = try AuditLeaf(encoded: leaves[victim])
        leaf.record.isAllowed.toggle()
        leaves[victim] = leaf.encoded
      case .removed: leaves.remove(at: victim)
      case .swapped: leaves.swapAt(victim, victim + 1)
      case .inserted: leaves.insert(leaves[victim + 3], at: victim)
      }
      try await rebuild(leaves, scene)
      let faults = try await scene.faults()
      #expect(faults.auditor == .rewritten && faults.kenya == .rewritten)
      // Whoever kept nothing is shown a log that is sound in itself: therefore heads are kept.
      let parts = try await scene.harness.export(as: scene.auditor)
      #expect(throws: Never.self) { try verified(parts, by: scene.keys, extent: .selection) }
    }
  }

  /// The log as if these had been its entries from the beginning.
  private func rebuild(_ leaves: [[UInt8]], _ scene: Scene) async throws {
    let pool = scene.harness.pool
    let seed = try #require(try await scene.harness.auditSigningKeys().last)
    try await scene.tamper("DELETE FROM audit_entries; DELETE FROM audit_nodes; DELETE FROM audit_heads")
    var frontier = TreeFrontier()
    let nodes = leaves.flatMap { frontier.append(.leaf($0)).dropFirst() }
    let entries = try leaves.map { StoredEntry(leaf: $0, record: try AuditLeaf(encoded: $0).record) }
    let head = TreeHead(timestamp: 1_800_000_000_000, size: frontier.size, root: frontier.root)
    let signed = try SignedTreeHead(signing: head, with: seed.key)
    try await pool.execute(
      InsertAuditEntries(first: 0, service: "cases", entries: entries), InsertAuditNodes(nodes: nodes),
      UpdateAuditLog(frontier: frontier),
      InsertAuditHead(head: StoredHead(signed: signed, keyID: seed.key.publicKey.keyID)))
  }

  @Test("a log that was cut short is shorter than the head that was kept, with all that goes with it")
  func truncated() async throws {
    try await Self.run { scene in
      let leaves = try await scene.harness.pool.execute(SelectLeaves())
      try await rebuild(Array(leaves.prefix(Int(scene.victim))), scene)
      // Then the service refuses to prove what it does not have.
      let refused = try await failure {
        try await scene.harness.export(as: scene.auditor, known: scene.known.treeSize)
      }
      #expect(refused?.code == .invalidArgument)
      let parts = try await scene.harness.export(as: scene.auditor)
      #expect(throws: AuditFault.shorter) { try verified(parts, by: scene.keys, known: scene.known) }
    }
  }

  @Test("a node of the tree that was changed breaks the proofs that need it")
  func nodes() async throws {
    try await Self.run { scene in
      try await scene.tamper("UPDATE audit_nodes SET hash = sha256(hash) WHERE level = 2")
      let faults = try await scene.faults()
      #expect(faults.auditor != nil && faults.kenya != nil)
    }
  }

  @Test("a head that was changed, or signed with another key, is no head")
  func heads() async throws {
    try await Self.run { scene in
      try await scene.tamper("UPDATE audit_heads SET root = sha256(root)")
      // The operator's reading leaves no entry, and so no new head.
      let operators = AccessHarness.operatorURI
      #expect(try await scene.fault(operators) == .signature)
      let other = Curve25519.Signing.PrivateKey()
      try await scene.harness.pool.execute(
        try InsertAuditKey(key: AuditSigningKey(number: 2, key: other), sealedBy: AccessHarness.vault))
      scene.harness.time.advance(61)
      try await AuditLog(pool: scene.harness.pool, vault: AccessHarness.vault, clock: scene.harness.time.clock)
        .signAnew(olderThan: .seconds(60))
      #expect(try await scene.fault(operators) == .unknownKey(other.publicKey.keyID))
    }
  }

  @Test("a reason that was rewritten is not the one that the log has the hash of")
  func reason() async throws {
    try await Self.run { scene in
      let entry = try #require(
        try await scene.harness.entries(as: scene.auditor).last { $0.resource.hasPrefix("organisations/") })
      let before = try await scene.harness.pool.execute(SelectActDigest(resource: entry.resource))
      #expect(before == [Array(entry.detailsHash)])
      try await scene.tamper("UPDATE acts SET reason = 'another' WHERE resource = '\(entry.resource)'")
      let after = try await scene.harness.pool.execute(SelectActDigest(resource: entry.resource))
      #expect(after != [Array(entry.detailsHash)])
    }
  }
}

/// All leaves, in order.
private struct SelectLeaves: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT leaf FROM audit_entries ORDER BY index" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
