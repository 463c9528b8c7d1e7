import GRPCCore
import HTTP2
import Logging
import NIOCore
import TLS
import TestSupport
import Testing

@testable import GRPCTransport

@Suite("Client: TLS", .timeLimit(.minutes(1)))
struct SecureConnectionTests {
  private let authority: TestCertificateAuthority
  private let logger = Logger(label: "tls") { _ in SwiftLogNoOpLogHandler() }

  init() throws { authority = try TestCertificateAuthority() }

  private func server(
    _ files: TLSFiles,
    _ clients: TLSServerConfiguration.ClientCertificates = .none
  ) throws -> EchoServer {
    let configuration = TLSServerConfiguration(files: files, clientCertificates: clients)
    return EchoServer(security: .tls(try TLSContextProvider(server: configuration, logger: logger)))
  }

  private func client(
    _ files: TLSFiles,
    _ identity: TLSClientConfiguration.ServerIdentity = .dialledHost
  ) throws -> TLSContextProvider {
    try TLSContextProvider(client: TLSClientConfiguration(files: files, serverIdentity: identity), logger: logger)
  }

  /// The error of a call to the server, if it fails.
  private func failure(
    of server: EchoServer,
    dialling host: String = "127.0.0.1",
    with tls: TLSContextProvider
  ) async throws -> RPCError? {
    try await withServers(server) {
      try await withClient(.host(host, port: server.port), tls: tls) { client in
        do {
          let answer = try await client.call(.echo, [1])
          #expect(answer == [1])
          return nil
        } catch let error as RPCError {
          #expect(error.code == .unavailable)
          return error
        }
      }
    }
  }

  @Test("by address, by name, and by both sides' certificates", arguments: ["127.0.0.1", "localhost"])
  func works(host: String) async throws {
    let files = try authority.server()
    #expect(try await failure(of: server(files), dialling: host, with: client(authority.trustOnly)) == nil)
    let identity = try authority.client(uri: "spiffe://vigil.test/client/un")
    #expect(try await failure(of: server(files, .required), dialling: host, with: client(identity)) == nil)
  }

  @Test("the server's certificate is of an unknown authority: CA file, issuer and address are named")
  func unknownAuthority() async throws {
    let stranger = try TestCertificateAuthority("Somebody else")
    let error = try await failure(of: server(stranger.server()), with: client(authority.trustOnly))
    #expect(error?.message.contains("TLS failed") == true)
    #expect(error?.message.contains("CN=Somebody else") == true)
    #expect(error?.message.contains(authority.authorityFile) == true)
    #expect(error?.message.contains("127.0.0.1:") == true)
  }

  @Test("the server is another than meant")
  func wrongIdentity() async throws {
    let server = try server(authority.server(uri: "spiffe://vigil.test/service/cases"))
    let tls = try client(authority.trustOnly, .uriNames(["spiffe://vigil.test/service/gateway"]))
    let error = try await failure(of: server, with: tls)
    #expect(error?.message.contains("is for spiffe://vigil.test/service/cases") == true)
    #expect(error?.message.contains("not for spiffe://vigil.test/service/gateway") == true)
  }

  @Test("the server demands a certificate that the client does not have")
  func missingCertificate() async throws {
    let error = try await failure(of: server(authority.server(), .required), with: client(authority.trustOnly))
    #expect(error?.message.contains("demands a client certificate") == true, "\(error?.message ?? "")")
  }

  @Test("the server does not trust the client's certificate")
  func untrustedCertificate() async throws {
    let stranger = try TestCertificateAuthority("Somebody else")
    var files = try stranger.client(uri: "spiffe://vigil.test/client/un")
    files.authorities = authority.authorityFile
    let error = try await failure(of: server(authority.server(), .required), with: client(files))
    #expect(error?.message.contains("does not trust the authority") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("client.pem") == true)
  }

  @Test("one side speaks TLS and the other does not", arguments: [true, false])
  func mismatch(serverSpeaksTLS: Bool) async throws {
    let plain = EchoServer()
    let secure = try server(authority.server())
    let tls = try client(authority.trustOnly)
    try await withServers(serverSpeaksTLS ? secure : plain) {
      let port = try await (serverSpeaksTLS ? secure : plain).port
      try await withClient(.host("127.0.0.1", port: port), tls: serverSpeaksTLS ? nil : tls) { client in
        let error = await #expect(throws: RPCError.self) { try await client.call(.echo) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("TLS") == true, "\(error?.message ?? "")")
      }
    }
  }

  @Test("after new files were loaded, new connections present them")
  func reload() async throws {
    let provider = try TLSContextProvider(
      server: TLSServerConfiguration(files: authority.server()),
      logger: logger
    )
    let server = EchoServer(security: .tls(provider)) { $0.timeouts.maxAge = .milliseconds(50) }
    let tls = try client(authority.trustOnly)
    try await withServers(server) {
      try await withClient(.host("localhost", port: server.port), tls: tls) { client in
        let first = try await client.localPeer()
        _ = try authority.server()
        #expect(try provider.reloadIfChanged())
        try await eventually { try await client.localPeer() != first }
      }
    }
  }
}
