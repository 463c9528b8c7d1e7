internal import NIOSSL

/// How a client speaks TLS.
package struct TLSClientConfiguration: Sendable, Hashable {
  /// How the server proves to be the one that was meant. The chain is verified in every case.
  package enum ServerIdentity: Sendable, Hashable {
    /// The certificate must name the host that was dialled (or its IP address).
    case dialledHost
    /// The certificate must name this host, whatever was dialled; sent as SNI too.
    case host(String)
    /// The certificate must carry one of these URI names, such as a SPIFFE id.
    case uriNames(Set<String>)
  }

  package var files: TLSFiles
  package var serverIdentity: ServerIdentity
  package var minimumVersion: TLSMinimumVersion
  /// ALPN protocols offered, most wanted first.
  package var applicationProtocols: [String]

  package init(
    files: TLSFiles,
    serverIdentity: ServerIdentity = .dialledHost,
    minimumVersion: TLSMinimumVersion = .v13,
    applicationProtocols: [String] = TLSDefaults.applicationProtocols
  ) {
    self.files = files
    self.serverIdentity = serverIdentity
    self.minimumVersion = minimumVersion
    self.applicationProtocols = applicationProtocols
  }

  func validate() throws(TLSError) {
    if case .uriNames(let names) = serverIdentity, names.isEmpty {
      throw TLSError(.invalidConfiguration, "the server must have one of no names", remedy: "name at least one")
    }
  }

  func context(from material: TLSMaterial) throws(TLSError) -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = minimumVersion.nioVersion
    tls.applicationProtocols = applicationProtocols
    tls.trustRoots = material.authorities.map { .certificates($0) } ?? .default
    if let identity = material.identity {
      tls.certificateChain = identity.chain.map { .certificate($0) }
      tls.privateKey = .privateKey(identity.privateKey)
    }
    tls.certificateVerification =
      switch serverIdentity {
      case .dialledHost, .host: .fullVerification
      case .uriNames: .noHostnameVerification
      }
    return try NIOSSLContext.make(tls, files: files)
  }
}
