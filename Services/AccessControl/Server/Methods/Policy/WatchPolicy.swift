import AIP
import FoundationEssentials
import GRPCCore
import Identity
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension PolicyService {
  func watchPolicy(
    request: PBWatchPolicyRequest, response: RPCWriter<PBWatchPolicyResponse>, context: ServerContext
  ) async throws {
    guard Caller.current.peer.isService else { throw ServiceError.refused }
    var isFirst = true
    for await signed in broadcast.watch() {
      // What the service has already it gets again with the next time of issue only.
      let isKnown = isFirst && signed.snapshot.sequence == request.knownSequence
      isFirst = false
      if !isKnown { try await response.write(PBWatchPolicyResponse(signed)) }
    }
    try Task.checkCancellation()
    throw ServiceError(.unavailable, .shuttingDown, "the process is shutting down")
  }
}

extension PBWatchPolicyResponse {
  init(_ signed: SignedSnapshot) {
    self.init()
    snapshot = Data(signed.text)
    signature = Data(signed.signature)
    keyID = signed.keyID
    sequence = signed.snapshot.sequence
    issueTime = Google_Protobuf_Timestamp(signed.snapshot.issuedAt)
  }
}
