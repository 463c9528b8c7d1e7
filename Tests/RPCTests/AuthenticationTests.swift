import AIP
import GRPCCore
import GRPCHealthAPI
import Identity
import TestSupport
import Testing

@testable import RPC

@Suite("Who calls, and who may")
struct AuthenticationTests {
  static let gateway = "spiffe://vigil.local/service/gateway"
  static let reporting = "spiffe://vigil.local/service/reporting"
  static let client = "spiffe://vigil.local/client/xa"

  static let policy = AccessPolicy(
    intermediaries: [PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "gateway")],
    directPeers: .only([
      PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "gateway"),
      PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "reporting"),
    ]),
    rules: [
      "open.Service": .anyone,
      "guests.Service": .guests,
      "internal.Service": .services,
      "one.Service": .only([PeerIdentity(trustDomain: "vigil.local", kind: .client, name: "xa")]),
    ]
  )

  struct Case: Sendable {
    var certificate: [String]
    var header: String?
    var service = "some.Service"
    /// The caller, or nil when nobody may be established.
    var caller: String?
    var code: RPCError.Code?
  }

  @Test(
    arguments: [
      Case(certificate: [], service: "open.Service", caller: "anonymous"),
      Case(certificate: [], service: "grpc.health.v1.Health", caller: "anonymous"),
      Case(certificate: [], caller: "anonymous", code: .unauthenticated),
      Case(certificate: [], service: "guests.Service", caller: "anonymous", code: .unauthenticated),
      Case(certificate: [client], service: "guests.Service", caller: client, code: .permissionDenied),
      Case(certificate: [gateway], service: "guests.Service", caller: gateway),
      Case(certificate: [gateway], header: client, service: "guests.Service", caller: client),
      Case(certificate: [client], caller: client, code: .permissionDenied),
      Case(certificate: [client], service: "open.Service", caller: client),
      Case(certificate: [reporting], caller: reporting),
      Case(certificate: [gateway], header: client, caller: client),
      Case(certificate: [gateway], header: reporting, service: "internal.Service", caller: reporting),
      Case(
        certificate: [gateway], header: client, service: "internal.Service", caller: client, code: .permissionDenied
      ),
      Case(certificate: [gateway], header: client, service: "one.Service", caller: client),
      Case(
        certificate: [gateway], header: reporting, service: "one.Service", caller: reporting, code: .permissionDenied
      ),
      Case(certificate: [gateway], caller: gateway, code: .unauthenticated),
      Case(certificate: [gateway], header: "nonsense", code: .unauthenticated),
      Case(certificate: [gateway], header: "", code: .unauthenticated),
      // The header means nothing from anybody else.
      Case(certificate: [reporting], header: client, caller: reporting),
      Case(certificate: [client], header: gateway, caller: client, code: .permissionDenied),
      Case(certificate: [], header: client, caller: "anonymous", code: .unauthenticated),
      Case(certificate: [gateway, client], header: client, caller: "anonymous", code: .unauthenticated),
    ]
  )
  func decides(_ expected: Case) {
    let interceptor = AuthenticationInterceptor(policy: Self.policy)
    do throws(ServiceError) {
      let caller = try interceptor.authenticate(certificateURIs: expected.certificate, named: expected.header)
      #expect((caller.peer.identity?.uri ?? "anonymous") == expected.caller)
      try interceptor.authorize(
        caller,
        direct: Peer(certificateURIs: expected.certificate),
        ServiceDescriptor(fullyQualifiedService: expected.service)
      )
      #expect(expected.code == nil)
    } catch {
      #expect(error.code == expected.code)
    }
  }

  /// The peer, who handed the call on, the connection's own serial number, the one in the header; what comes of it.
  private static let certificates: [(String?, via: Bool, serial: String?, named: String?, found: String?, Bool)] = [
    (client, false, "00ab", nil, "ab", true),
    (client, false, "00ab", "cd", "ab", true),
    (client, true, "00ab", "cd", "cd", true),
    (client, true, "00ab", "0CD", "cd", true),
    (client, true, "00ab", nil, nil, false),
    (client, true, "00ab", "", nil, false),
    (client, true, "00ab", "x", nil, false),
    (client, true, "00ab", "000", nil, false),
    (client, true, "00ab", String(repeating: "a", count: 41), nil, false),
    (client, false, nil, "cd", nil, true),
    (nil, true, "00ab", "cd", nil, true),
    (nil, false, nil, nil, nil, true),
  ]

  @Test(
    "a certificate is told by its own connection, or by the gateway and nobody else", arguments: certificates.indices)
  func certificate(_ index: Int) {
    let (uri, via, serial, named, found, isGood) = Self.certificates[index]
    let peer = uri.flatMap { PeerIdentity(uri: $0) }.map { Peer.identified($0) } ?? .anonymous
    let caller = Caller(peer: peer, via: via ? PeerIdentity(uri: Self.gateway) : nil)
    do throws(ServiceError) {
      let certified = try AuthenticationInterceptor(policy: Self.policy).certified(caller, serial: serial, named: named)
      #expect(certified.certificate?.description == found && isGood)
    } catch {
      #expect(error.code == .unauthenticated && !isGood)
    }
  }

  @Test("over mutual TLS the certificate speaks, and the gateway for others")
  func mutualTLS() async throws {
    let authority = try TestCertificateAuthority()
    let server = try authority.server(uri: "spiffe://vigil.local/service/cases")
    var harness = Harness()
    harness.access = Self.policy
    let named: Metadata = ["vigil-peer-uri": .string(Self.client), "vigil-peer-serial": "0c0ffee"]

    try await harness.overHTTP2(server: server, client: try authority.client(uri: Self.gateway, as: "g")) { probe, _ in
      let caller = try await probe.ask("caller", metadata: named)
      let via = try await probe.ask("via", metadata: named)
      let streamed = try await probe.ask("caller", streaming: true, metadata: named)
      #expect([caller, via, streamed] == [Self.client, Self.gateway, Self.client])
      let error = await #expect(throws: RPCError.self) { try await probe.ask("caller") }
      #expect(error?.code == .unauthenticated)
    }
    try await harness.overHTTP2(server: server, client: try authority.client(uri: Self.client, as: "c")) { probe, _ in
      let error = await #expect(throws: RPCError.self) { try await probe.ask("caller", metadata: named) }
      #expect(error?.code == .permissionDenied)
      let health = try await probe.health.check(.init())
      #expect(health.status == .notServing)
    }
    try await harness.overHTTP2(server: server, client: authority.trustOnly) { probe, _ in
      let error = await #expect(throws: RPCError.self) { try await probe.ask("caller", metadata: named) }
      #expect(error?.code == .unauthenticated)
    }
    #expect(harness.log.lines.contains { $0.contains("\"caller\":\"\(Self.client)\",\"code\":\"OK\"") })
  }
}
