import AIP
import GRPCCore
import Identity
import Policy
import TestSupport
import Testing
import Tokens

@testable import RPC

/// Tokens beside certificates: whoever brings it, a token speaks for its principal alone.
@Suite("Who calls with a token")
struct TokenAuthenticationTests {
  typealias Certificates = AuthenticationTests

  static let now: Int64 = 1_700_000_000
  let tokens: TestTokens
  let verifier: TokenVerifier

  init() throws {
    tokens = try TestTokens()
    verifier = TokenVerifier(clock: { PolicyTime(microseconds: Self.now * 1_000_000) })
    verifier.take(tokens.trust(at: PolicyTime(microseconds: Self.now * 1_000_000)))
  }

  private var good: String { "Bearer " + tokens.token(TestTokens.claims(at: Self.now)) }

  private var expired: String { "Bearer " + tokens.token(TestTokens.claims(at: Self.now - 300)) }

  private func caller(
    _ certificate: String?, named: String? = nil, shown: [String], service: String = "some.Service"
  ) throws(ServiceError) -> Caller {
    let interceptor = AuthenticationInterceptor(policy: Certificates.policy, tokens: verifier)
    let uris = certificate.map { [$0] } ?? []
    let caller = try interceptor.authenticate(certificateURIs: uris, named: named, shown: shown)
    try interceptor.authorize(
      caller, direct: Peer(certificateURIs: uris), ServiceDescriptor(fullyQualifiedService: service))
    return caller
  }

  private func code(
    _ certificate: String?, named: String? = nil, shown: [String], service: String = "some.Service"
  ) -> RPCError.Code? {
    do throws(ServiceError) {
      _ = try caller(certificate, named: named, shown: shown, service: service)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("its principal calls, whatever certificate the client showed to the gateway")
  func principal() throws {
    for named in [nil, Certificates.client, Certificates.reporting] {
      let caller = try caller(Certificates.gateway, named: named, shown: [good])
      #expect(caller.token == TokenIdentity(principal: TestTokens.principal, session: TestTokens.session))
      #expect(caller.peer == .anonymous && caller.via?.uri == Certificates.gateway)
    }
    #expect(try caller(Certificates.gateway, named: Certificates.client, shown: []).token == nil)
  }

  @Test("a token makes nobody a service, nor one of those who are named")
  func services() {
    for service in ["internal.Service", "one.Service"] {
      for named in [nil, Certificates.reporting, Certificates.client] {
        #expect(code(Certificates.gateway, named: named, shown: [good], service: service) == .permissionDenied)
      }
    }
  }

  @Test("who may not be connected may not with a token either")
  func direct() {
    #expect(code(nil, shown: [good]) == .unauthenticated)
    #expect(code(Certificates.client, shown: [good]) == .permissionDenied)
    #expect(code(nil, named: Certificates.client, shown: [good]) == .unauthenticated)
  }

  @Test("a bad token is refused, however good the certificate, and where nobody need be known")
  func bad() {
    for shown in [[expired], ["Bearer x"], ["Basic eA=="], [""], [good, good], [good, expired]] {
      for service in ["some.Service", "guests.Service", "open.Service", "grpc.health.v1.Health"] {
        #expect(
          code(Certificates.gateway, named: Certificates.client, shown: shown, service: service) == .unauthenticated,
          "\(service)")
      }
    }
  }

  @Test("where no token is good, each is refused")
  func none() {
    let interceptor = AuthenticationInterceptor(policy: Certificates.policy)
    #expect(throws: ServiceError.tokenRefused) {
      try interceptor.authenticate(certificateURIs: [Certificates.gateway], named: Certificates.client, shown: [good])
    }
  }

  @Test("over the wire the token's principal is the caller, in streams too, and no log tells who it is")
  func wire() async throws {
    let authority = try TestCertificateAuthority()
    var harness = Harness()
    harness.access = Certificates.policy
    harness.tokens = verifier
    let shown: Metadata = [
      "authorization": .string(good), "vigil-peer-uri": .string(Certificates.reporting),
    ]
    let late: Metadata = ["authorization": .string(expired), "vigil-peer-uri": .string(Certificates.client)]
    try await harness.overHTTP2(
      server: try authority.server(uri: "spiffe://vigil.local/service/cases"),
      client: try authority.client(uri: Certificates.gateway, as: "g")
    ) { probe, _ in
      let principal = TestTokens.principal.description
      let answers = [
        try await probe.ask("principal", metadata: shown),
        try await probe.ask("principal", streaming: true, metadata: shown),
        try await probe.ask("caller", metadata: shown),
      ]
      #expect(answers == [principal, principal, "anonymous"])
      let error = await #expect(throws: RPCError.self) { try await probe.ask("caller", metadata: late) }
      #expect(error?.code == .unauthenticated && error?.message == "the token is not valid")
    }
    let log = harness.log.lines.joined()
    #expect(log.contains(#""caller":"token""#))
    #expect(
      !log.contains(TestTokens.principal.description) && !log.contains(tokens.token(TestTokens.claims(at: Self.now))))
  }
}
