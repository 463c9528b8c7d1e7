import AIP
import GRPCCore
package import MerkleTree
package import Postgres

/// Makes proofs from the nodes that are stored. They are as good as those: whoever has changed the tables gets proofs
/// that fail.
package struct AuditProofs: Sendable {
  private let pool: PostgresPool

  package init(pool: PostgresPool) { self.pool = pool }

  /// That entries are in the tree of `size`, for each in order. The nodes of all of them are read at once.
  package func inclusion(of indices: [UInt64], size: UInt64) async throws -> [InclusionProof] {
    let plans = indices.compactMap { ProofPlan.inclusion(of: $0, size: size) }
    guard plans.count == indices.count else { throw ServiceError.logFault }
    return zip(indices, try await paths(plans)).map { InclusionProof(index: $0, size: size, path: $1) }
  }

  /// That the tree of `second` leaves begins with that of `first`.
  ///
  /// - Parameter first: more than 0, and not more than `second`.
  func consistency(from first: UInt64, to second: UInt64) async throws -> ConsistencyProof {
    guard let plan = ProofPlan.consistency(from: first, to: second), let path = try await paths([plan]).first else {
      throw ServiceError.logFault
    }
    return ConsistencyProof(first: first, second: second, path: path)
  }

  private func paths(_ plans: [ProofPlan]) async throws -> [[TreeHash]] {
    let addresses = Array(Set(plans.flatMap(\.addresses)))
    let hashes = try await addresses.isEmpty ? [] : pool.execute(SelectAuditNodes(addresses: addresses))
    let nodes = Dictionary(uniqueKeysWithValues: zip(addresses, hashes))
    return try plans.map { plan in
      guard let path = plan.proof(from: plan.addresses.compactMap { nodes[$0] ?? nil }) else {
        throw ServiceError.logFault
      }
      return path
    }
  }
}
