import AIP
import Audit
import GRPCCore
import MerkleTree
import Policy
import Postgres
import VigilAccessAPI

extension AuditService {
  /// The head that holds now.
  ///
  /// - Throws: NOT_FOUND for a size of which none was signed.
  func head(size: UInt64? = nil) async throws -> StoredHead {
    guard let head = try await pool.execute(SelectAuditHead(size: size.map { Int64(clamping: $0) })).first else {
      throw ServiceError.notFound(type: "vigil.un.org/TreeHead", name: size.map(String.init) ?? "")
    }
    return head
  }

  /// A size that a request names, or that of the latest head when it names none.
  ///
  /// - Throws: INVALID_ARGUMENT for one that the log has not reached.
  func size(_ value: Int64, field: String) async throws -> UInt64 {
    let latest = try await head().signed.head.size
    guard value != 0 else { return latest }
    guard let size = UInt64(exactly: value), size <= latest else {
      throw ServiceError.invalid(field, "must not be more than the size of the log, nor negative")
    }
    return size
  }
}

extension PBAuditEntry {
  /// An entry as it is seen; nil when it is not the caller's, whatever the columns say that it was found by.
  init?(_ entry: LoggedEntry, seenBy sight: LogSight) {
    let index = UInt64(clamping: entry.index)
    let leaf = try? AuditLeaf(encoded: entry.leaf)
    if case .own(let party) = sight, leaf?.record.party != party { return nil }
    if let leaf, sight.showsContent {
      self.init(leaf, at: index)
    } else {
      self.init(TreeHash.leaf(entry.leaf), at: index)
    }
  }
}
