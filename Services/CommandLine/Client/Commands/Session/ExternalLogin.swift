import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// Signs somebody in at the deployment's external issuer: shows where to go, waits for the browser to come back and has
/// access control look at what it brings.
struct ExternalLogin {
  /// Shows the person where to go.
  var show: @Sendable (_ address: String) async throws -> Void

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ options: CallOptions
  ) async throws -> PBSessionTokens {
    let service = PBSignInService.Client(wrapping: client)
    let issuer = try await service.getExternalIssuer(.init(), options: options)
    let listener = try await LoopbackListener.open()
    let authorization = AuthorizationRequest(redirect: listener.redirect)
    do {
      let code = try await code(authorization, try authorization.address(of: issuer), listener)
      await listener.close()
      let request = PBSignInExternallyRequest.with {
        $0.authorizationCode = code
        $0.codeVerifier = authorization.verifier
        $0.redirectUri = authorization.redirect
        $0.nonce = authorization.nonce
      }
      return try await service.signInExternally(request, options: options)
    } catch {
      await listener.close()
      throw error
    }
  }

  private func code(
    _ authorization: AuthorizationRequest, _ address: String, _ listener: LoopbackListener
  ) async throws -> String {
    try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask {
        try await show(address)
        return nil
      }
      group.addTask { try await answer(authorization, listener) }
      while let ended = try await group.next() {
        if let code = ended { return code }
      }
      throw CancellationError()
    }
  }

  /// What the issuer answers. Whatever else comes to the redirect is nobody's answer.
  private func answer(_ authorization: AuthorizationRequest, _ listener: LoopbackListener) async throws -> String {
    for await request in listener.requests {
      switch authorization.answer(request.target) {
      case .none: request.respond(false)
      case .refused(let error):
        request.respond(false)
        throw CommandFailure(status: .noPermission, reason: "the issuer refuses: \(error.prefix(64))")
      case .code(let code):
        request.respond(true)
        return code
      }
    }
    throw CommandFailure(status: .temporary, reason: "nobody signed in")
  }
}
