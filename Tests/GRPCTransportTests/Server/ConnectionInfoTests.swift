import GRPCCore
import Logging
import NIOCore
import TLS
import TestSupport
import Testing

@testable import GRPCTransport

@Suite("Server: what interceptors learn of the caller", .timeLimit(.minutes(1)))
struct ConnectionInfoTests {
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// The context of one call made with this client.
  private func context(
    security: HTTP2ServerTransport.Security,
    tls: TLSContextProvider?,
    timeout: Duration? = nil
  ) async throws -> ServerContext {
    let transport = HTTP2ServerTransport(
      address: .hostname("127.0.0.1", port: 0), security: security, logger: self.logger)
    let (contexts, seen) = AsyncStream.makeStream(of: ServerContext.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await transport.listen { stream, context in
          seen.yield(context)
          try? await stream.outbound.write(.status(Status(code: .unauthenticated, message: ""), [:]))
        }
      }
      let port = try #require(try await transport.listeningAddress.port)
      try await withClient(.host("127.0.0.1", port: port), tls: tls) { client in
        var options = CallOptions.defaults
        options.timeout = timeout
        _ = try? await client.call(.echo, [1], options: options)
      }
      group.cancelAll()
    }
    seen.finish()
    return try #require(await contexts.first { _ in true })
  }

  @Test("cleartext has no peer")
  func cleartext() async throws {
    let context = try await self.context(security: .plaintext, tls: nil)
    let info = try #require(context.http2)
    #expect(!info.connection.isSecure)
    #expect(info.peerURINames == [] && info.peerSerialNumber == nil)
    #expect(info.deadline == nil)
    #expect(context.remotePeer.hasPrefix("ipv4:127.0.0.1:"))
    #expect(context.localPeer.hasPrefix("ipv4:127.0.0.1:"))
    #expect(context.descriptor.fullyQualifiedMethod == "vigil.test.Echo/echo")
  }

  @Test("the client's certificate names it")
  func certificate() async throws {
    let authority = try TestCertificateAuthority()
    let server = TLSServerConfiguration(files: try authority.server(), clientCertificates: .required)
    let client = TLSClientConfiguration(files: try authority.client(uri: "spiffe://vigil.test/client/un"))
    let context = try await self.context(
      security: .tls(try TLSContextProvider(server: server, logger: self.logger)),
      tls: try TLSContextProvider(client: client, logger: self.logger)
    )
    let info = try #require(context.http2)
    #expect(info.connection.isSecure)
    #expect(info.peerURINames == ["spiffe://vigil.test/client/un"])
    #expect(info.peerSerialNumber == (try authority.serialNumber(of: "client")))
  }

  @Test("the deadline is there as a point in time")
  func deadline() async throws {
    let before = ContinuousClock.now
    let context = try await self.context(security: .plaintext, tls: nil, timeout: .seconds(30))
    let deadline = try #require(context.http2?.deadline)
    #expect(deadline > before + .seconds(25))
    #expect(deadline <= ContinuousClock.now + .seconds(30))
  }
}
