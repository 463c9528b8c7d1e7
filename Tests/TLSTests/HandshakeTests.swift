import Logging
import NIOCore
import NIOSSL
import TLS
import TestSupport
import Testing

@Suite("TLS: handshakes")
struct HandshakeTests {
  private let authority: TestCertificateAuthority
  private let logger = Logger(label: "test")

  init() throws { authority = try TestCertificateAuthority() }

  private func server(
    _ files: TLSFiles? = nil,
    _ clients: TLSServerConfiguration.ClientCertificates = .none,
    minimum: TLSMinimumVersion = .v13,
    protocols: [String] = ["h2"]
  ) throws -> TLSContextProvider {
    try TLSContextProvider(
      server: TLSServerConfiguration(
        files: try files ?? authority.server(uri: "spiffe://vigil.test/service/echo"),
        clientCertificates: clients,
        minimumVersion: minimum,
        applicationProtocols: protocols
      ),
      logger: logger
    )
  }

  private func client(
    _ files: TLSFiles? = nil,
    _ identity: TLSClientConfiguration.ServerIdentity = .dialledHost
  ) throws -> TLSContextProvider {
    try TLSContextProvider(
      client: TLSClientConfiguration(files: files ?? authority.trustOnly, serverIdentity: identity),
      logger: logger
    )
  }

  @Test
  func serverOnly() async throws {
    let outcome = try await Loopback.handshake(server: server(), client: client())
    let seen = try outcome.client.get()
    #expect(seen.applicationProtocol == "h2")
    #expect(seen.peer?.spiffeID == "spiffe://vigil.test/service/echo")
    #expect(seen.peer?.dnsNames == ["localhost"])
    #expect(try outcome.server.get() == TLSSession(applicationProtocol: "h2", peer: nil))
  }

  @Test("an IP address is verified against the certificate's addresses")
  func address() async throws {
    #expect(try await Loopback.handshake(server: server(), client: client(), host: nil).client.code == nil)
    let elsewhere = try authority.issue(TestCertificate(addresses: ["192.0.2.1"]), as: "elsewhere")
    let outcome = try await Loopback.handshake(server: server(elsewhere), client: client(), host: nil)
    #expect(outcome.client.code == .nameMismatch)
  }

  @Test(arguments: [TLSServerConfiguration.ClientCertificates.optional, .required])
  func mutual(mode: TLSServerConfiguration.ClientCertificates) async throws {
    let files = try authority.client(uri: "spiffe://vigil.test/client/un")
    let outcome = try await Loopback.handshake(server: server(nil, mode), client: client(files))
    #expect(try outcome.server.get().peer?.spiffeID == "spiffe://vigil.test/client/un")
  }

  @Test
  func optionalClientCertificateMayBeMissing() async throws {
    let outcome = try await Loopback.handshake(server: server(nil, .optional), client: client())
    #expect(try outcome.server.get().peer == nil)
  }

  @Test
  func requiredClientCertificateMissing() async throws {
    let outcome = try await Loopback.handshake(server: server(nil, .required), client: client())
    #expect(outcome.server.code == .certificateRequired)
  }

  @Test(arguments: [TLSServerConfiguration.ClientCertificates.optional, .required])
  func clientCertificateOfAnotherAuthority(mode: TLSServerConfiguration.ClientCertificates) async throws {
    let stranger = try TestCertificateAuthority("Somebody else")
    var files = try stranger.client(uri: "spiffe://vigil.test/client/un")
    files.authorities = authority.authorityFile
    let outcome = try await Loopback.handshake(server: server(nil, mode), client: client(files))
    #expect(outcome.server.code == .unknownAuthority)
    #expect(outcome.server.text.contains("CN=Somebody else"))
    #expect(outcome.server.text.contains(authority.authorityFile))
  }

  @Test("the server's certificate is of another authority: the CA file and the issuer are named")
  func unknownAuthority() async throws {
    let stranger = try TestCertificateAuthority("Somebody else")
    let outcome = try await Loopback.handshake(server: server(stranger.server()), client: client())
    #expect(outcome.client.code == .unknownAuthority)
    #expect(outcome.client.text.contains("CN=Somebody else"))
    #expect(outcome.client.text.contains(authority.authorityFile))
    #expect(outcome.server.code == .rejectedByPeer)
  }

  @Test("an authority of the same name with another key is told apart")
  func namesake() async throws {
    let other = try TestCertificateAuthority()
    let outcome = try await Loopback.handshake(server: server(other.server()), client: client())
    #expect(outcome.client.code == .unknownAuthority)
    #expect(outcome.client.text.contains("not signed with that authority's key"))
  }

  @Test("a certificate that ran out while the server held it")
  func expired() async throws {
    // A provider refuses to load an expired certificate, so the server is made without one.
    let identity = try #require(try authority.issue(TestCertificate.server().expired, as: "old").identity)
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificateChain).map { .certificate($0) },
        privateKey: .privateKey(NIOSSLPrivateKey(file: identity.privateKey, format: .pem))
      )
    )
    let result = try await Loopback.handshake(client: client()) { channel in
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
    }
    #expect(result.code == .expired)
    #expect(result.text.contains("expired on"))
  }

  @Test
  func wrongName() async throws {
    let outcome = try await Loopback.handshake(server: server(), client: client(), host: "cases.example")
    #expect(outcome.client.code == .nameMismatch)
    #expect(outcome.client.text.contains("localhost"))
  }

  @Test
  func expectedNameInPlaceOfTheDialledOne() async throws {
    let client = try client(nil, .host("localhost"))
    #expect(try await Loopback.handshake(server: server(), client: client, host: "10.1.2.3").client.code == nil)
  }

  @Test("a URI name stands for the host name", arguments: [true, false])
  func uriName(right: Bool) async throws {
    let wanted = "spiffe://vigil.test/service/\(right ? "echo" : "cases")"
    let outcome = try await Loopback.handshake(
      server: server(),
      client: client(nil, .uriNames([wanted])),
      host: "somewhere.internal"
    )
    #expect(outcome.client.code == (right ? nil : .nameMismatch))
    #expect(outcome.client.text.contains("spiffe://vigil.test/service/echo") == !right)
  }

  @Test
  func otherApplicationProtocol() async throws {
    let outcome = try await Loopback.handshake(server: server(protocols: ["http/1.1"]), client: client())
    #expect(outcome.client.code == .protocolMismatch)
  }

  @Test("a port that does not speak TLS", arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", ""])
  func plainServer(answer: String) async throws {
    let result = try await Loopback.handshake(client: client()) { channel in
      try channel.pipeline.syncOperations.addHandler(AnswerAndClose(answer: answer))
    }
    #expect(result.code == (answer.isEmpty ? .handshakeFailed : .protocolMismatch))
    #expect(result.text.contains("TLS on this port"))
  }
}

/// Answers the first bytes that come with a text and hangs up.
private final class AnswerAndClose: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  let answer: String

  init(answer: String) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
    context.close(promise: nil)
  }
}
