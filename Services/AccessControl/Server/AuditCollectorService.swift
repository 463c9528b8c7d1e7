import AIP
import FoundationEssentials
import GRPCCore
import Identity
import SwiftProtobuf
import VigilAccessAPI

/// `vigil.access.v1.AuditCollectorService`: takes what services record into the log.
struct AuditCollectorService: PBAuditCollectorService.SimpleServiceProtocol {
  let log: AuditLog
  /// The processes that record.
  let sources: Set<PeerIdentity>

  func collectAuditRecords(
    request: PBCollectAuditRecordsRequest, context: ServerContext
  ) async throws -> PBCollectAuditRecordsResponse {
    // Whose records they are is what the certificate says, and nothing in the request.
    guard let identity = Caller.current.peer.identity, sources.contains(identity) else { throw ServiceError.refused }
    guard let first = UInt64(exactly: request.firstSequence) else {
      throw ServiceError.invalid("first_sequence", "must not be negative")
    }
    let bytes = request.records.reduce(0) { $0 + $1.count }
    guard request.records.count <= 10_000, bytes <= 2 << 20 else {
      throw ServiceError.invalid("records", "must be at most 10,000, of 2 MiB together")
    }
    let next = try await log.append(request.records.map { Array($0) }, from: first, of: identity.name)
    return .with { $0.nextSequence = Int64(clamping: next) }
  }
}
