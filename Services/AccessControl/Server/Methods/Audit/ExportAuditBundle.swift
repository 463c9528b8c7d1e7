import AIP
import Audit
import GRPCCore
import MerkleTree
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension AuditService {
  func exportAuditBundle(
    request: PBExportAuditBundleRequest, response: RPCWriter<PBAuditBundlePart>, context: ServerContext
  ) async throws {
    var sight = try await recordedSight(context)
    let filter = try Self.filter(request, seenBy: sight)
    let head = try await head()
    let size = head.signed.head.size
    guard let known = UInt64(exactly: request.knownTreeSize), known <= size else {
      throw ServiceError.invalid("known_tree_size", "must not be more than the size of the log, nor negative")
    }
    try await response.write(.with { $0.treeHead = PBTreeHead(head.signed, keyID: head.keyID) })
    if known > 0 {
      let proof = try await proofs.consistency(from: known, to: size)
      try await response.write(.with { $0.consistencyProof = PBConsistencyProof(proof) })
    }
    var last: ListKey?
    repeat {
      let entries = try await page(after: last, size: size, .all([sight.entries, filter]))
      let proofs = try await proofs.inclusion(of: entries.map { UInt64(clamping: $0.index) }, size: size)
      try await response.write(
        contentsOf: zip(entries, proofs).compactMap { entry, proof in
          PBAuditEntry(entry, seenBy: sight).map { .proven($0, proof) }
        })
      last = entries.count == Self.pageSize ? entries.last?.keyValue : nil
      // Who may no longer read gets no more.
      if last != nil { sight = try await self.sight(context) }
    } while last != nil
  }

  private static let pageSize = 500

  private static func filter(
    _ request: PBExportAuditBundleRequest, seenBy sight: LogSight
  ) throws(ServiceError) -> FilterTree<AuditTest> {
    do {
      return try FilterSchema<AuditTest>.entries(seenBy: sight).parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
  }

  private func page(
    after last: ListKey?, size: UInt64, _ filter: FilterTree<AuditTest>
  ) async throws -> [LoggedEntry] {
    let isSigned: FilterTree<AuditTest> = .condition(.index(.less, Int64(clamping: size)))
    return try await pool.execute(
      SelectRecords<LoggedEntry>(.all([filter, isSigned]), after: last, limit: Self.pageSize))
  }
}

extension PBAuditBundlePart {
  fileprivate static func proven(_ entry: PBAuditEntry, _ proof: InclusionProof) -> PBAuditBundlePart {
    .with {
      $0.entry.entry = entry
      $0.entry.proof = PBInclusionProof(proof)
    }
  }
}
