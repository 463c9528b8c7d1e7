import FoundationEssentials
import Logging
import TLS
import TestSupport
import Testing

@Suite("TLS: what is said of bad files and settings")
struct FileErrorTests {
  private let authority: TestCertificateAuthority

  init() throws { authority = try TestCertificateAuthority() }

  private func error(
    _ files: TLSFiles,
    _ clients: TLSServerConfiguration.ClientCertificates = .none
  ) -> TLSError? {
    #expect(throws: TLSError.self) {
      try TLSContextProvider(
        server: TLSServerConfiguration(files: files, clientCertificates: clients),
        logger: Logger(label: "test")
      )
    }
  }

  @Test
  func missing() throws {
    var files = try authority.server()
    files.identity?.privateKey = authority.folder.file("nowhere.key")
    let error = error(files)
    #expect(error?.code == .unreadableFile)
    #expect(error?.description.contains("nowhere.key does not exist") == true)
  }

  @Test
  func empty() throws {
    let files = try authority.server()
    try authority.folder.write("", to: "server.pem")
    #expect(error(files)?.description.contains("server.pem is empty") == true)
  }

  @Test("certificate and key swapped")
  func swapped() throws {
    let files = try authority.server()
    let swapped = TLSFiles(
      certificateChain: files.identity!.privateKey,
      privateKey: files.identity!.certificateChain
    )
    #expect(error(swapped)?.code == .invalidCertificate)
  }

  @Test
  func rubbishKey() throws {
    let files = try authority.server()
    try authority.folder.write("no key", to: "server.key")
    #expect(error(files)?.code == .invalidPrivateKey)
  }

  @Test
  func foreignKey() throws {
    var files = try authority.server()
    files.identity?.privateKey = try authority.server(as: "other").identity!.privateKey
    let error = error(files)
    #expect(error?.code == .keyMismatch)
    #expect(error?.description.contains("other.key") == true)
  }

  @Test
  func expired() throws {
    let error = error(try authority.issue(TestCertificate.server().expired, as: "old"))
    #expect(error?.code == .expired)
    #expect(error?.description.contains("old.pem expired on") == true)
  }

  @Test
  func notYetValid() throws {
    var future = TestCertificate.server()
    future.notBefore = .now.addingTimeInterval(3600)
    #expect(error(try authority.issue(future, as: "future"))?.code == .notYetValid)
  }

  @Test
  func rubbishAuthorities() throws {
    var files = try authority.server()
    files.authorities = try authority.folder.write("nothing here", to: "bundle.pem")
    let error = error(files, .required)
    #expect(error?.code == .invalidCertificate)
    #expect(error?.description.contains("bundle.pem") == true)
  }

  @Test
  func contradictions() throws {
    #expect(error(authority.trustOnly)?.code == .invalidConfiguration)
    var files = try authority.server()
    files.authorities = nil
    #expect(error(files, .required)?.code == .invalidConfiguration)
    #expect(throws: TLSError.self) {
      try TLSContextProvider(
        client: TLSClientConfiguration(files: authority.trustOnly, serverIdentity: .uriNames([])),
        logger: Logger(label: "test")
      )
    }
  }
}
