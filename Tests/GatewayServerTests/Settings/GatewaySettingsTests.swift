import HTTP2
import Logging
import NIOCore
import ServiceRuntime
import TLS
import TestSupport
import Testing

@testable import GatewayServer

@Suite("The gateway's settings")
struct GatewaySettingsTests {
  static let logger = Logger(label: "test")

  static func plaintext() -> Settings {
    var options = Settings()
    options.set(GatewayOptions.publicListener.mode, to: .plaintext)
    options.set(GatewayOptions.meshListener.enabled, to: false)
    options.set(GatewayOptions.upstreamMode, to: .plaintext)
    return options
  }

  @Test("become the types that it works with")
  func values() throws {
    var options = Self.plaintext()
    options.set(GatewayOptions.publicListener.listen, to: HostPort(host: "127.0.0.1", port: 1))
    options.set(GatewayOptions.routes, to: ["a=h:1", "b=dns:n:2"])
    options.set(GatewayOptions.optionalRoutes, to: ["b"])
    options.set(GatewayOptions.defaultDeadline, to: .seconds(3))
    options.set(GatewayOptions.requestsPerSecond, to: 7)
    options.set(GatewayOptions.eventLoops, to: 3)
    let settings = try GatewaySettings(options, logger: Self.logger)
    #expect(settings.listeners.keys.map(\.rawValue) == ["public"])
    #expect(settings.routes.map(\.prefix) == ["a", "b"])
    #expect(settings.routes.map(\.isRequired) == [true, false])
    #expect(settings.callTimeouts == CallTimeouts(standard: .seconds(3), maximum: nil))
    #expect(settings.limits.requestsPerSecond == 7)
    #expect(settings.eventLoops == 3)
    #expect(settings.upstream.tls == nil)
    #expect(settings.shutdownGrace == .seconds(27))
  }

  @Test("TLS is the default and wants a certificate")
  func certificate() {
    let error = #expect(throws: MissingCertificate.self) { try GatewaySettings(Settings(), logger: Self.logger) }
    #expect(error?.description.contains("public.tls.certificate") == true)
  }

  @Test("the gateway takes nobody but itself for its mesh listener, whatever address it is told")
  func ownListener() throws {
    var options = Settings()
    options.set(GatewayOptions.ownTarget, to: "elsewhere.example:8444")
    let client = try #require(TokenWatch.client(options))
    #expect(client.serverIdentity == .uriNames(["spiffe://vigil.local/service/gateway"]))
    #expect(TokenWatch.client(Self.meshInPlaintext()) == nil)
  }

  private static func meshInPlaintext() -> Settings {
    var options = Settings()
    options.set(GatewayOptions.meshListener.mode, to: .plaintext)
    return options
  }

  @Test("metadata that the gateway takes is taken by instances, with what the gateway adds")
  func headerSize() throws {
    var options = Self.plaintext()
    options.set(GatewayOptions.headerSize, to: ByteCount.kibibytes(56))
    let settings = try GatewaySettings(options, logger: Self.logger)
    #expect(settings.downstream.http2.maxHeaderListSize == 56 * 1024)
    options.set(GatewayOptions.headerSize, to: ByteCount.kibibytes(57))
    #expect(throws: HeaderSizeTooLarge.self) { try GatewaySettings(options, logger: Self.logger) }
  }

  @Test("load the files that they name, with one identity for each route")
  func files() throws {
    let authority = try TestCertificateAuthority()
    let files = try authority.server(uri: "spiffe://vigil.local/service/gateway")
    var options = Settings()
    for listener in [GatewayOptions.publicListener, GatewayOptions.meshListener] {
      options.set(listener.certificate, to: files.identity?.certificateChain)
      options.set(listener.key, to: files.identity?.privateKey)
      options.set(listener.authorities, to: authority.authorityFile)
    }
    options.set(GatewayOptions.routes, to: ["a=h:1", "b=h:2"])
    options.set(GatewayOptions.routeIdentities, to: ["a=spiffe://vigil.local/service/a"])
    let settings = try GatewaySettings(options, logger: Self.logger)
    #expect(settings.listeners.count == 2)
    #expect(settings.upstreamTLS.keys.sorted() == ["a"])
    #expect(settings.tlsProviders.count == 4)
  }

  @Test(
    "say what is wrong in one line",
    arguments: [
      (["x"], RouteError.badIdentity("x")), (["c=spiffe://d/service/c"], .unknownIdentity("c")),
    ])
  func identities(lines: [String], error: RouteError) throws {
    let routes = try Route.parse(["a=h:1"])
    #expect(throws: error) { try GatewaySettings.identities(lines, of: routes) }
    #expect(!error.description.contains("\n"))
  }

  @Test("a bad route stops the start", arguments: [["a"], ["a=h:1", "a=h:2"], ["a b=h"]])
  func routes(lines: [String]) {
    var options = Self.plaintext()
    options.set(GatewayOptions.routes, to: lines)
    #expect(throws: RouteError.self) {
      let settings = try GatewaySettings(options, logger: Self.logger)
      _ = try GatewayCore(settings: settings, workerCount: 1, logger: Self.logger)
    }
  }

  @Test("every setting has a meaning and a key of its own")
  func help() {
    let settings = GatewayOptions.groups.flatMap(\.settings)
    #expect(Set(settings.map(\.key)).count == settings.count)
    #expect(settings.allSatisfy { $0.meaning.hasSuffix(".") })
  }
}
