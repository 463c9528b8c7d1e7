import AIP
import Audit
import GRPCCore
import VigilAccessAPI

extension AuditService {
  func getConsistencyProof(
    request: PBGetConsistencyProofRequest, context: ServerContext
  ) async throws -> PBConsistencyProof {
    _ = try await sight(context)
    let second = try await size(request.secondTreeSize, field: "second_tree_size")
    guard let first = UInt64(exactly: request.firstTreeSize), (1...max(1, second)).contains(first), second > 0 else {
      throw ServiceError.invalid("first_tree_size", "must be at least 1, and not more than the later size")
    }
    return PBConsistencyProof(try await proofs.consistency(from: first, to: second))
  }
}
