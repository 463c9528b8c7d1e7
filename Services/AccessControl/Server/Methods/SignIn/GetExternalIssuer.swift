import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension SignInService {
  func getExternalIssuer(request: PBGetExternalIssuerRequest, context: ServerContext) async throws -> PBExternalIssuer {
    let issuer = try readyIssuer()
    let metadata = try await issuer.documents.current(at: now).metadata
    return .with {
      $0.issuer = metadata.issuer
      $0.authorizationEndpoint = metadata.authorizationEndpoint
      $0.clientID = issuer.rules.client
      $0.scope = issuer.scope
    }
  }

  /// - Throws: FAILED_PRECONDITION in a deployment without one.
  func readyIssuer() throws(ServiceError) -> ExternalIssuer {
    guard let issuer else {
      throw ServiceError(
        .failedPrecondition, .noExternalIssuer, "this deployment has no external issuer to sign in at")
    }
    return issuer
  }
}
