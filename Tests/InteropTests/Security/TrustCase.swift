import TLS
import TestSupport

/// What the two ends of a connection show each other, and whether they should be content.
enum TrustCase: String, CaseIterable, Sendable {
  case mutualTLS = "mutual_tls"
  case noClientCertificate = "no_client_certificate"
  case expiredClientCertificate = "expired_client_certificate"
  case clientCertificateOfUnknownAuthority = "client_certificate_of_unknown_authority"
  case expiredServerCertificate = "expired_server_certificate"
  case serverCertificateForAnotherName = "server_certificate_for_another_name"
  case serverCertificateOfUnknownAuthority = "server_certificate_of_unknown_authority"

  var isAccepted: Bool { self == .mutualTLS }

  /// Whether it is the server that must find the fault.
  var isForServer: Bool {
    switch self {
    case .noClientCertificate, .expiredClientCertificate, .clientCertificateOfUnknownAuthority: true
    default: false
    }
  }

  /// What a server shows, which asks clients for certificates of the known authority.
  func server(_ identities: Identities, _ stranger: TestCertificateAuthority) throws -> TLSFiles {
    let known = identities.authority
    var files =
      switch self {
      case .expiredServerCertificate: try known.issue(TestCertificate.server().expired, as: "expired")
      case .serverCertificateForAnotherName:
        try known.issue(TestCertificate(dnsNames: ["elsewhere.example"], usage: .server), as: "elsewhere")
      case .serverCertificateOfUnknownAuthority: try stranger.server()
      default: identities.mutualServer
      }
    files.authorities = known.authorityFile
    return files
  }

  /// What a client shows, which trusts the known authority.
  func client(_ identities: Identities, _ stranger: TestCertificateAuthority) throws -> TLSFiles {
    let known = identities.authority
    var files =
      switch self {
      case .noClientCertificate: identities.anonymous
      case .expiredClientCertificate:
        try known.issue(TestCertificate.client(uri: Identities.clientURI).expired, as: "expired-client")
      case .clientCertificateOfUnknownAuthority: try stranger.client(uri: Identities.clientURI)
      default: identities.client
      }
    files.authorities = known.authorityFile
    return files
  }
}
