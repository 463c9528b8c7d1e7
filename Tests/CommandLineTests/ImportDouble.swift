import GRPCCore
import SwiftProtobuf
import Synchronization
import VigilCasesAPI

/// Takes files down instead of importing them.
final class ImportDouble: PBImportService.SimpleServiceProtocol {
  struct Taken {
    var config: PBImportUNFatalitiesConfig
    var bytes: Int
    var chunks: Int
  }

  private let contents = Mutex<[Taken]>([])

  var taken: [Taken] { contents.withLock { $0 } }

  func importUNFatalities(
    request: RPCAsyncSequence<PBImportUNFatalitiesRequest, any Error>, context: ServerContext
  ) async throws -> PBImportUNFatalitiesResponse {
    var config: PBImportUNFatalitiesConfig?
    var bytes = 0
    var chunks = 0
    for try await message in request {
      switch message.payload {
      case .config(let first): config = first
      case .chunk(let chunk):
        bytes += chunk.count
        chunks += 1
      case nil: throw RPCError(code: .invalidArgument, message: "The message is empty.")
      }
    }
    guard let config, bytes > 0 else { throw RPCError(code: .invalidArgument, message: "The file has no rows.") }
    contents.withLock { [bytes, chunks] in $0.append(Taken(config: config, bytes: bytes, chunks: chunks)) }
    return .with {
      $0.validateOnly = config.validateOnly
      $0.publicationDate = config.publicationDate
      $0.rows.created = 1
      $0.rows.refused = 1
    }
  }
}
