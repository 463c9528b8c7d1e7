import AIP
import Audit
import GRPCCore
import VigilAccessAPI

extension AuditService {
  func getTreeHead(request: PBGetTreeHeadRequest, context: ServerContext) async throws -> PBTreeHead {
    guard let size = UInt64(exactly: request.treeSize) else {
      throw ServiceError.invalid("tree_size", "must not be negative")
    }
    _ = try await sight(context)
    let head = try await head(size: size == 0 ? nil : size)
    return PBTreeHead(head.signed, keyID: head.keyID)
  }
}
