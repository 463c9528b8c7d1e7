import AIP
package import Content
import Postgres
package import Sealing
import ServiceLifecycle
import ServiceRuntime

/// Where the content of evidence is kept, and what seals its keys.
package struct EvidenceArchive: Sendable {
  let store: any ContentStore
  let vault: Vault
  /// The most that one item has, in bytes.
  let limit: Int64

  package init(store: any ContentStore, vault: Vault, limit: Int64) {
    (self.store, self.vault, self.limit) = (store, vault, limit)
  }

  /// As the settings say.
  ///
  /// - Throws: when the keys cannot be read, or the folder not be made.
  init(_ settings: Settings) async throws {
    self.init(
      store: try await ContentDirectory(path: settings[CasesConfiguration.evidenceDirectory]),
      vault: try Vault(settings), limit: Int64(settings[CasesConfiguration.evidenceLimit].bytes))
  }

  /// A key that nobody has, for content that somebody announces.
  func newKey(
    _ id: RecordID, of item: EvidenceItem, size: Int64, sha256: [UInt8], at time: PostgresTimestamp
  ) throws(ServiceError) -> EvidenceKey {
    EvidenceKey(
      id: id, caseID: item.caseID, item: item.id, size: size, sha256: sha256,
      sealed: try vault.seal(Vault.newKey(), .evidenceKey(id)), createTime: time)
  }

  /// How the content of a key is stored.
  func format(_ key: EvidenceKey) throws(ServiceError) -> ContentFormat {
    guard let sealed = key.sealed else { throw .contentDestroyed }
    return ContentFormat(size: key.size, key: try vault.open(sealed, .evidenceKey(key.id)), attempts: key.attempts)
  }
}

extension Vault.Place {
  fileprivate static func evidenceKey(_ id: RecordID) -> Self { Self("evidence_keys", "\(id)") }
}

/// Seals keys anew that are sealed with another than the present key of `sealing.keys`, at the start. Run beside the server.
struct EvidenceResealing: Service {
  let archive: EvidenceArchive
  let pool: PostgresPool

  func run() async throws {
    await cancelWhenGracefulShutdown {
      // Until it is done the older key opens them: it is tried again, and at the next start.
      while !Task.isCancelled {
        if let isDone = try? await Self.step(archive.vault, pool), isDone { return }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    // A service that ends would end the process.
    try? await gracefulShutdown()
  }

  /// - Returns: whether there are no more of them.
  static func step(_ vault: Vault, _ pool: PostgresPool) async throws -> Bool {
    try await pool.withTransaction { transaction in
      let select = SelectUnsealedEvidenceKeys(mark: vault.mark)
      let (_, keys) = try await transaction.execute(SetScope(scope: .everything), select)
      for var key in keys {
        let place = Vault.Place.evidenceKey(key.id)
        key.sealed = try key.sealed.map { try vault.seal(try vault.open($0, place), place) }
        try await transaction.execute(UpdateEntry(entry: key))
      }
      return keys.isEmpty
    }
  }
}
