import Logging
import ServiceLifecycle
import TLS
import TestSupport
import Testing

@Suite("TLS: reloading from disk")
struct ReloadTests {
  private let authority: TestCertificateAuthority

  init() throws { authority = try TestCertificateAuthority() }

  private func provider(_ files: TLSFiles, interval: Duration = .seconds(3600)) throws -> TLSContextProvider {
    try TLSContextProvider(
      server: TLSServerConfiguration(files: files),
      reloadInterval: interval,
      logger: Logger(label: "test")
    )
  }

  private func servedFingerprint(_ server: TLSContextProvider) async throws -> String? {
    let client = try TLSContextProvider(
      client: TLSClientConfiguration(files: authority.trustOnly),
      logger: Logger(label: "test")
    )
    return try await Loopback.handshake(server: server, client: client).client.get().peer?.fingerprint
  }

  @Test("new connections are served with new files, nothing happens without a change")
  func newFiles() async throws {
    let server = try provider(authority.server())
    let first = try await servedFingerprint(server)
    #expect(try !server.reloadIfChanged())
    _ = try authority.server()
    #expect(try await servedFingerprint(server) == first)
    #expect(try server.reloadIfChanged())
    let second = try await servedFingerprint(server)
    #expect(second != first)
    #expect(second == server.identity?.fingerprint)
  }

  @Test("a bad file is reported once and the old certificate stays in use until the file is good")
  func badFiles() async throws {
    let files = try authority.server()
    let server = try provider(files)
    let first = try await servedFingerprint(server)
    try authority.folder.write("-----BEGIN CERTIFICATE-----\nrubbish\n", to: "server.pem")
    #expect(throws: TLSError.self) { try server.reloadIfChanged() }
    #expect(try !server.reloadIfChanged())
    #expect(try await servedFingerprint(server) == first)
    _ = try authority.server()
    #expect(try server.reloadIfChanged())
    #expect(try await servedFingerprint(server) != first)
  }

  @Test("a certificate whose key has not been replaced yet is not taken")
  func halfReplaced() async throws {
    let server = try provider(authority.server())
    let first = server.identity
    let next = try authority.server(as: "next")
    try authority.folder.write(TemporaryFolder.read(next.identity!.certificateChain), to: "server.pem")
    let error = #expect(throws: TLSError.self) { try server.reloadIfChanged() }
    #expect(error?.code == .keyMismatch)
    #expect(server.identity == first)
    try authority.folder.write(TemporaryFolder.read(next.identity!.privateKey), to: "server.key")
    #expect(try server.reloadIfChanged())
    #expect(server.identity != first)
  }

  @Test("the running service notices by itself")
  func service() async throws {
    let server = try provider(authority.server(), interval: .milliseconds(10))
    let first = server.identity
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      _ = try authority.server()
      while server.identity == first { try await Task.sleep(for: .milliseconds(5)) }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test("a client trusts a new authority after its bundle was replaced")
  func authorities() async throws {
    let newcomer = try TestCertificateAuthority("The successor")
    let folder = authority.folder
    let bundle = try folder.write(TemporaryFolder.read(authority.authorityFile), to: "bundle.pem")
    let client = try TLSContextProvider(
      client: TLSClientConfiguration(files: TLSFiles(authorities: bundle)),
      logger: Logger(label: "test")
    )
    let server = try provider(newcomer.server())
    #expect(try await Loopback.handshake(server: server, client: client).client.code == .unknownAuthority)
    let both = try TemporaryFolder.read(authority.authorityFile) + TemporaryFolder.read(newcomer.authorityFile)
    try authority.folder.write(both, to: "bundle.pem")
    #expect(try client.reloadIfChanged())
    #expect(try await Loopback.handshake(server: server, client: client).client.code == nil)
  }
}
