import AIP
import Authorization
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI

extension ImportService {
  func importUNFatalities(
    request: RPCAsyncSequence<PBImportUNFatalitiesRequest, any Error>,
    context: ServerContext
  ) async throws -> PBImportUNFatalitiesResponse {
    // Reading and comparing thousands of rows takes milliseconds, which the event loop of a connection has not.
    try await withTaskExecutorPreference(globalConcurrentExecutor) {
      _ = try Self.importer(authorizer)
      let upload = try await receive(request)
      // A file may take its time; the right must be there when it is used.
      let prepared = try upload.request(of: try Self.importer(authorizer), time: clock.now())
      if upload.isValidateOnly {
        return PBImportUNFatalitiesResponse(try await store.dryRun(prepared), of: prepared)
      }
      let answer = try await store.run(prepared) { completed in
        try PBImportUNFatalitiesResponse(completed, of: prepared).serializedBytes()
      }
      return try PBImportUNFatalitiesResponse(serializedBytes: answer)
    }
  }

  /// What an import writes.
  static let written: DataClassSet = [.core, .victimAttributes, .victimIdentity]

  /// Who calls.
  ///
  /// - Throws: PERMISSION_DENIED for one who may not write cases and victims with which it has nothing to do.
  static func importer(_ authorizer: Authorizer) throws(ServiceError) -> Requester {
    let requester = try authorizer.requester()
    let anyCase = CaseFacts(id: RecordID(high: 0, low: 0), hats: [], incident: .always)
    let decision = requester.decide(anyCase, .write, Self.written)
    guard decision.effect == .allow else { throw .refused }
    return requester
  }

  private func receive(
    _ messages: RPCAsyncSequence<PBImportUNFatalitiesRequest, any Error>
  ) async throws -> FatalitiesUpload {
    var upload: FatalitiesUpload?
    for try await message in messages {
      switch (message.payload, upload) {
      case (.config(let config), nil): upload = try FatalitiesUpload(config, missions: try await store.missionCodes())
      case (.chunk(let chunk), _?): try upload?.take([UInt8](chunk))
      case (_, nil): throw Self.misplaced("the first message must hold config", expected: "config")
      case (_, _?): throw Self.misplaced("every message after the first must hold a chunk", expected: "chunk")
      }
    }
    guard var upload else { throw Self.misplaced("the stream is empty", expected: "config") }
    try upload.finish()
    return upload
  }

  private static func misplaced(_ message: String, expected: String) -> ServiceError {
    ServiceError(.invalidArgument, .invalidStream, message, metadata: ["expected": expected])
  }
}
