import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// Gets a session ready for a call.
struct SessionRefresh: Sendable {
  let file: SessionFile
  let address: Address

  /// The access token to call with: the one that is kept, or the next one when that is about to end.
  ///
  /// - Returns: nil when nobody is signed in there.
  /// - Throws: ``CommandFailure`` when the session has ended.
  func token(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions) async throws -> String? {
    guard let kept = try session() else { return nil }
    if kept.isFresh() { return kept.accessToken }
    return try await file.whileLocked {
      // Another command may have been quicker.
      guard let kept = try session() else { return nil }
      if kept.isFresh() { return kept.accessToken }
      do {
        let request = PBRefreshTokensRequest.with { $0.refreshToken = kept.refreshToken }
        let tokens = try await PBSignInService.Client(wrapping: client).refreshTokens(request, options: callOptions)
        try file.write(StoredSession(tokens, address: address))
        return tokens.accessToken
      } catch let error as RPCError where error.code == .unauthenticated {
        file.remove()
        throw CommandFailure(
          status: .noPermission, reason: "the session has ended", advice: "Sign in anew: vigil login")
      }
    }
  }

  private func session() throws -> StoredSession? {
    guard let kept = try file.read(), kept.address == address.description else { return nil }
    return kept
  }
}
