package import AIP
package import GRPCCore
package import Identity
import Tracing

/// Establishes who calls and refuses who may not.
///
/// The identity is that of the connection's certificate. When it is the gateway's, the caller is the one
/// that the gateway names in `vigil-peer-uri`, with its certificate in `vigil-peer-serial`; from anybody else these
/// headers mean nothing.
package struct AuthenticationInterceptor: ServerInterceptor {
  /// The header in which the gateway names the caller.
  package static let callerHeader = "vigil-peer-uri"

  private let policy: AccessPolicy

  package init(policy: AccessPolicy) {
    self.policy = policy
  }

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let named = request.metadata[stringValues: Self.callerHeader].first { _ in true }
    let peer = context.transportSpecific as? any PeerCertificateCarrier
    let certificateURIs = peer?.peerURINames ?? []
    let caller = try certified(
      authenticate(certificateURIs: certificateURIs, named: named), serial: peer?.peerSerialNumber,
      named: request.metadata[stringValues: Self.certificateHeader].first { _ in true })
    InstrumentationContext.current?.serverCall?.note(caller)
    try authorize(caller, direct: Peer(certificateURIs: certificateURIs), context.descriptor.service)
    let response = try await Caller.$current.withValue(caller) { try await next(request, context) }
    return response.mapProducer { producer in
      { writer in try await Caller.$current.withValue(caller) { try await producer(writer) } }
    }
  }

  /// Who calls.
  ///
  /// - Throws: UNAUTHENTICATED when the gateway names someone in a form that is nobody.
  package func authenticate(certificateURIs: [String], named: String?) throws(ServiceError) -> Caller {
    let direct = Peer(certificateURIs: certificateURIs)
    guard let identity = direct.identity, policy.intermediaries.contains(identity), let named else {
      return Caller(peer: direct)
    }
    guard let caller = PeerIdentity(uri: named) else {
      throw ServiceError(.unauthenticated, .credentialsMissing, "the caller's identity is malformed")
    }
    return Caller(peer: .identified(caller), via: identity)
  }

  /// - Throws: UNAUTHENTICATED when nobody was identified and somebody must be, PERMISSION_DENIED when
  ///   it is somebody who may not.
  package func authorize(
    _ caller: Caller,
    direct: Peer,
    _ service: ServiceDescriptor
  ) throws(ServiceError) {
    let rule = policy.rule(for: service.fullyQualifiedService)
    if rule == .anyone { return }
    guard policy.directPeers.admits(direct) else { throw refusal(direct) }
    if AccessPolicy.reflection.contains(service.fullyQualifiedService) { return }
    guard rule.admits(caller.peer) else { throw refusal(caller.peer) }
    // The gateway has no business of its own: without a caller's name nobody is calling.
    if caller.via == nil, let identity = caller.peer.identity, policy.intermediaries.contains(identity) {
      throw refusal(.anonymous)
    }
  }

  private func refusal(_ peer: Peer) -> ServiceError {
    switch peer {
    case .anonymous:
      ServiceError(.unauthenticated, .credentialsMissing, "a client certificate of this system is required")
    case .identified:
      ServiceError(.permissionDenied, .methodNotPermitted, "you may not call this method")
    }
  }
}
