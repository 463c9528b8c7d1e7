package import AIP
package import GRPCCore
package import Identity
package import Tokens
import Tracing

/// Establishes who calls and refuses who may not.
///
/// The identity is that of the connection's certificate. When it is the gateway's, the caller is the one
/// that the gateway names in `vigil-peer-uri`, with its certificate in `vigil-peer-serial`; from anybody else these
/// headers mean nothing. A call with an access token is the token's principal's alone, whoever brings it: nobody's word is
/// taken for the token, which is checked here; and one with a token that is not good is refused, whatever the certificate.
package struct AuthenticationInterceptor: ServerInterceptor {
  /// The header in which the gateway names the caller.
  package static let callerHeader = "vigil-peer-uri"
  /// The header in which a caller shows its token.
  package static let tokenHeader = "authorization"

  private let policy: AccessPolicy
  private let tokens: TokenVerifier?

  /// - Parameter tokens: nil where no token is good.
  package init(policy: AccessPolicy, tokens: TokenVerifier? = nil) {
    self.policy = policy
    self.tokens = tokens
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
    let shown = request.metadata[stringValues: Self.tokenHeader]
    let caller = try certified(
      authenticate(certificateURIs: certificateURIs, named: named, shown: shown), serial: peer?.peerSerialNumber,
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
  /// - Parameter shown: the values of ``tokenHeader``.
  /// - Throws: UNAUTHENTICATED when the gateway names someone in a form that is nobody, or for a token that is not good.
  package func authenticate(
    certificateURIs: [String], named: String?, shown: some Sequence<String> = EmptyCollection<String>()
  ) throws(ServiceError) -> Caller {
    let direct = Peer(certificateURIs: certificateURIs)
    let caller = try caller(direct: direct, named: named)
    guard let token = try identity(shown) else { return caller }
    let gateway = direct.identity.flatMap { policy.intermediaries.contains($0) ? $0 : nil }
    return Caller(token: token, via: gateway)
  }

  private func caller(direct: Peer, named: String?) throws(ServiceError) -> Caller {
    guard let identity = direct.identity, policy.intermediaries.contains(identity), let named else {
      return Caller(peer: direct)
    }
    guard let caller = PeerIdentity(uri: named) else {
      throw ServiceError(.unauthenticated, .credentialsMissing, "the caller's identity is malformed")
    }
    return Caller(peer: .identified(caller), via: identity)
  }

  private func identity(_ shown: some Sequence<String>) throws(ServiceError) -> TokenIdentity? {
    guard let tokens else {
      guard shown.first(where: { _ in true }) == nil else { throw .tokenRefused }
      return nil
    }
    do {
      return try tokens.identity(authorization: shown)
    } catch {
      throw ServiceError(error)
    }
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
    if rule == .guests { return }
    guard rule.admits(caller) else { throw caller.isIdentified ? .refused : .unidentified }
    // The gateway has no business of its own: without a caller's name nobody is calling.
    if caller.via == nil, let identity = caller.peer.identity, policy.intermediaries.contains(identity) {
      throw refusal(.anonymous)
    }
  }

  private func refusal(_ peer: Peer) -> ServiceError {
    switch peer {
    case .anonymous: .unidentified
    case .identified: .refused
    }
  }
}
