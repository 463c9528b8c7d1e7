import HTTP2
import Logging
import NIOCore
import TLS
import TestSupport
import Testing

@testable import GatewayServer

@Suite("Who a service is told is calling", .timeLimit(.minutes(1)))
struct IdentityTests {
  static let uri = "spiffe://vigil.local/client/unmiss"
  static let logger = Logger(label: "test")

  static func settings(_ authority: TestCertificateAuthority, port: Int) throws -> GatewaySettings {
    var settings = try GatewaySettings.test("test=127.0.0.1:\(port)")
    let files = try authority.server(uri: "spiffe://vigil.local/service/gateway")
    for (kind, clients) in [
      (ClientDescription.Listener.public, TLSServerConfiguration.ClientCertificates.optional), (.mesh, .required),
    ] {
      let tls = try TLSContextProvider(
        server: TLSServerConfiguration(files: files, clientCertificates: clients), logger: logger)
      settings.listeners[kind] = .init(host: "127.0.0.1", port: 0, tls: tls)
    }
    return settings
  }

  static func tls(_ files: TLSFiles) throws -> TLSContextProvider {
    try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: logger)
  }

  @Test("the name in the client's certificate, and nothing that the client says")
  func certificate() async throws {
    let authority = try TestCertificateAuthority()
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(Self.settings(authority, port: ports[0])) { gateway in
        await gateway.available(1)
        let known = try await gateway.client(tls: Self.tls(authority.client(uri: Self.uri)))
        _ = try await known.call(
          "/test.Service/Echo",
          [("vigil-peer-uri", "spiffe://vigil.local/service/cases"), ("vigil-peer-serial", "1")])
        let unknown = try await gateway.client(tls: Self.tls(authority.trustOnly))
        _ = try await unknown.call("/test.Service/Echo", [("vigil-peer-serial", "1")])
        let peers = upstream.calls.map { $0.values(of: "vigil-peer-uri") }
        #expect(peers == [[Self.uri], []])
        let serial = try #require(try authority.serialNumber(of: "client"))
        #expect(upstream.calls.map { $0.values(of: "vigil-peer-serial") } == [[serial], []])
      }
    }
  }

  @Test("the mesh takes services only")
  func mesh() async throws {
    let authority = try TestCertificateAuthority()
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(Self.settings(authority, port: ports[0])) { gateway in
        await gateway.available(1)
        let service = try authority.client(uri: "spiffe://vigil.local/service/cases")
        let client = try await gateway.client(.mesh, tls: Self.tls(service))
        #expect(try await client.call("/test.Service/Echo").status == "0")
        let stranger = try await gateway.client(.mesh, tls: Self.tls(authority.trustOnly))
        try await stranger.when { $0.isClosed }
        let outsider = try await gateway.client(.mesh, tls: Self.tls(authority.client(uri: Self.uri, as: "outsider")))
        try await outsider.when { $0.isClosed }
        #expect(upstream.calls.count == 1)
      }
    }
  }

  @Test("limits count by certificate")
  func limits() async throws {
    let authority = try TestCertificateAuthority()
    var settings = try Self.settings(authority, port: 1)
    settings.limits.requestsPerSecond = 0.001
    settings.limits.requestBurst = 1
    try await withGateway(settings) { gateway in
      let first = try await gateway.client(tls: Self.tls(authority.client(uri: Self.uri)))
      let second = try await gateway.client(tls: Self.tls(authority.client(uri: Self.uri + "2", as: "second")))
      #expect(try await first.call("/other/Echo").status == "12")
      #expect(try await second.call("/other/Echo").status == "12")
      #expect(try await first.call("/other/Echo").status == "8")
    }
  }
}
