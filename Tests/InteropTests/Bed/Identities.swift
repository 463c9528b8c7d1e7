import GRPCTransport
import Logging
import TLS
import TestSupport

/// Certificates of one authority, and of others that nobody should believe.
struct Identities: Sendable {
  static let clientURI = "spiffe://vigil.local/client/interop"

  let authority: TestCertificateAuthority
  /// A server's, for this machine, without authorities: clients need no certificate.
  let server: TLSFiles
  /// The same with authorities: clients need one.
  let mutualServer: TLSFiles
  let client: TLSFiles
  /// Trusts the authority and shows nothing.
  var anonymous: TLSFiles { authority.trustOnly }

  init() throws {
    authority = try TestCertificateAuthority()
    mutualServer = try authority.server(uri: "spiffe://vigil.local/service/interop")
    server = TLSFiles(identity: mutualServer.identity, authorities: nil)
    client = try authority.client(uri: Self.clientURI)
  }

  func security(_ security: Security) throws -> HTTP2ServerTransport.Security {
    switch security {
    case .plaintext: .plaintext
    case .tls: try Self.listener(server)
    }
  }

  static func listener(_ files: TLSFiles) throws -> HTTP2ServerTransport.Security {
    let configuration = TLSServerConfiguration(
      files: files, clientCertificates: files.authorities == nil ? .none : .required)
    return .tls(try TLSContextProvider(server: configuration, logger: .quiet))
  }

  func dialler(_ security: Security) throws -> TLSContextProvider? {
    security == .tls ? try Self.dialler(anonymous) : nil
  }

  /// A gateway with the same security on both of its sides.
  func gateway(to port: Int, _ security: Security) async throws -> GatewayProcess {
    switch security {
    case .plaintext: try await GatewayProcess(to: port, listener: nil, dialler: nil)
    case .tls: try await GatewayProcess(to: port, listener: mutualServer, dialler: client)
    }
  }

  static func dialler(_ files: TLSFiles) throws -> TLSContextProvider {
    try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: .quiet)
  }
}

extension Logger {
  /// Says nothing.
  static var quiet: Logger { Logger(label: "interop") { _ in SwiftLogNoOpLogHandler() } }
}
