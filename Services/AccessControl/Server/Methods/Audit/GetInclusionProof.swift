import AIP
import Audit
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension AuditService {
  func getInclusionProof(request: PBGetInclusionProofRequest, context: ServerContext) async throws -> PBInclusionProof {
    guard let index = UInt64(exactly: request.index) else {
      throw ServiceError.invalid("index", "must not be negative")
    }
    let sight = try await sight(context)
    let size = try await size(request.treeSize, field: "tree_size")
    let entry = try await lists.find(.index(.equal, request.index), among: sight.entries) as LoggedEntry?
    guard let entry, PBAuditEntry(entry, seenBy: sight) != nil else {
      throw ServiceError.notFound(type: "vigil.un.org/AuditEntry", name: String(index))
    }
    guard index < size else { throw ServiceError.invalid("tree_size", "must be more than the index") }
    return PBInclusionProof(try await proofs.inclusion(of: [index], size: size)[0])
  }
}
