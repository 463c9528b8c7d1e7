import AIP
import Authorization
import Content
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func downloadEvidence(
    request: PBDownloadEvidenceRequest, response: RPCWriter<PBDownloadEvidenceResponse>, context: ServerContext
  ) async throws {
    let name = try MemberName<EvidenceAccount>(parsing: request.name)
    let (sight, item) = try await readable(name, context)
    let content = try judging(name) { () throws(CustodyRefusal) in try item.checkDownload() }
    guard (0...content.size).contains(request.offset) else {
      throw ServiceError.uploadOffset("the content has \(content.size) bytes", content.size)
    }
    let (_, keys) = try await ledger.pool.execute(SetScope(scope: .everything), SelectEvidenceKey(item: item.id))
    guard let key = keys.first else { throw ServiceError.contentDestroyed }
    let format = try archive.format(key)
    try await ledger.trace.note(sight, Self.contentClasses, context, of: name)
    let offset = request.offset
    try await authorizer.whileAllowed { _ in
      _ = try await readable(name, context)
    } _: { _ in
      // To open a chunk takes longer than the event loop of a connection has.
      try await withTaskExecutorPreference(globalConcurrentExecutor) {
        try await withContent { try await send(key.id, format, from: offset, response) }
      }
    }
  }

  private func send(
    _ id: RecordID, _ format: ContentFormat, from start: Int64, _ response: RPCWriter<PBDownloadEvidenceResponse>
  ) async throws {
    let stored = try await archive.store.content(of: id)
    defer { stored.close() }
    let output = try await ContentOutput(stored, format)
    var offset = start
    while let bytes = try await output.bytes(at: offset) {
      // Waits for the caller: nothing is read ahead of it.
      try await response.write(.with { $0.chunk = bytes })
      offset += Int64(bytes.count)
    }
  }
}
