import Crypto
import Foundation
import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Synchronization
import VigilCasesAPI

/// Keeps the content of one item, of which the beginning may be there already.
final class EvidenceDouble: PBEvidenceService.SimpleServiceProtocol {
  private let kept: Mutex<(content: Data, announced: PBUploadEvidenceConfig, offsets: [Int64])>
  /// What a download gives instead of the content's last byte.
  private let lastByte: UInt8?

  init(content: Data = Data(), announced: PBUploadEvidenceConfig = PBUploadEvidenceConfig(), lastByte: UInt8? = nil) {
    kept = Mutex((content, announced, []))
    self.lastByte = lastByte
  }

  var content: Data { kept.withLock { $0.content } }
  /// Where calls began.
  var offsets: [Int64] { kept.withLock { $0.offsets } }

  func serve(_ work: (GRPCClient<InProcessTransport.Client>) async throws -> Void) async throws {
    let transport = InProcessTransport()
    try await withGRPCServer(transport: transport.server, services: [self]) { _ in
      try await withGRPCClient(transport: transport.client, handleClient: work)
    }
  }

  private var item: PBEvidenceItem {
    kept.withLock { kept in
      .with {
        $0.name = kept.announced.name
        $0.type = .photograph
        $0.sizeBytes = Int64(kept.content.count)
        $0.sha256 = Data(SHA256.hash(data: kept.content))
      }
    }
  }

  func getEvidenceItem(request: PBGetEvidenceItemRequest, context: ServerContext) async throws -> PBEvidenceItem {
    item
  }

  func getUploadState(request: PBGetUploadStateRequest, context: ServerContext) async throws -> PBUploadState {
    kept.withLock { kept in
      .with {
        $0.offset = Int64(kept.content.count)
        $0.sizeBytes = kept.announced.sizeBytes
        $0.sha256 = kept.announced.sha256
      }
    }
  }

  func uploadEvidence(
    request: RPCAsyncSequence<PBUploadEvidenceRequest, any Error>, context: ServerContext
  ) async throws -> PBEvidenceItem {
    for try await message in request {
      kept.withLock { kept in
        switch message.payload {
        case .config(let config):
          kept.content = kept.content.prefix(Int(config.offset))
          kept.announced = config
          kept.offsets.append(config.offset)
        case .chunk(let chunk): kept.content.append(chunk)
        case nil: break
        }
      }
    }
    return item
  }

  func downloadEvidence(
    request: PBDownloadEvidenceRequest, response: RPCWriter<PBDownloadEvidenceResponse>, context: ServerContext
  ) async throws {
    var content = content
    if let lastByte { content[content.count - 1] = lastByte }
    kept.withLock { $0.offsets.append(request.offset) }
    for start in stride(from: Int(request.offset), to: content.count, by: 1000) {
      try await response.write(.with { $0.chunk = content[start..<min(start + 1000, content.count)] })
    }
  }

  private static let unused = RPCError(code: .unimplemented, message: "No test calls this.")

  func createEvidenceItem(
    request: PBCreateEvidenceItemRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func updateEvidenceItem(
    request: PBUpdateEvidenceItemRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func listEvidenceItems(
    request: PBListEvidenceItemsRequest, context: ServerContext
  ) async throws -> PBListEvidenceItemsResponse { throw Self.unused }
  func handOverEvidence(
    request: PBHandOverEvidenceRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func receiveEvidence(
    request: PBReceiveEvidenceRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func listCustodyEvents(
    request: PBListCustodyEventsRequest, context: ServerContext
  ) async throws -> PBListCustodyEventsResponse { throw Self.unused }
  func placeLegalHold(
    request: PBPlaceLegalHoldRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func liftLegalHold(
    request: PBLiftLegalHoldRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func proposeDisposal(
    request: PBProposeDisposalRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
  func confirmDisposal(
    request: PBConfirmDisposalRequest, context: ServerContext
  ) async throws -> PBEvidenceItem { throw Self.unused }
}
