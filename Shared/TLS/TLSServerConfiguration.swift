internal import NIOSSL

/// How a listener speaks TLS.
package struct TLSServerConfiguration: Sendable, Hashable {
  /// What is asked of clients.
  package enum ClientCertificates: String, Sendable, Hashable, CaseIterable {
    /// No client certificate is asked for.
    case none
    /// One is asked for; whoever presents one must present a valid one.
    case optional
    /// Mutual TLS: a connection without a valid client certificate fails its handshake.
    case required
  }

  /// Must have an identity; and authorities unless `clientCertificates` is `.none`.
  package var files: TLSFiles
  package var clientCertificates: ClientCertificates
  package var minimumVersion: TLSMinimumVersion
  /// ALPN protocols accepted, most wanted first.
  package var applicationProtocols: [String]

  package init(
    files: TLSFiles,
    clientCertificates: ClientCertificates = .none,
    minimumVersion: TLSMinimumVersion = .v13,
    applicationProtocols: [String] = TLSDefaults.applicationProtocols
  ) {
    self.files = files
    self.clientCertificates = clientCertificates
    self.minimumVersion = minimumVersion
    self.applicationProtocols = applicationProtocols
  }

  func validate() throws(TLSError) {
    if files.identity == nil {
      throw TLSError(
        .invalidConfiguration,
        "a TLS listener needs a certificate and a private key",
        remedy: "set both paths, or turn TLS off for this listener"
      )
    }
    if clientCertificates != .none && files.authorities == nil {
      throw TLSError(
        .invalidConfiguration,
        "client certificates are \(clientCertificates.rawValue), but no certificate authorities are configured",
        remedy: "set the path of the CA bundle that signs client certificates"
      )
    }
  }

  func context(from material: TLSMaterial) throws(TLSError) -> NIOSSLContext {
    guard let identity = material.identity else {
      throw TLSError(.invalidConfiguration, "a TLS listener needs a certificate and a private key")
    }
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: identity.chain.map { .certificate($0) },
      privateKey: .privateKey(identity.privateKey)
    )
    tls.minimumTLSVersion = minimumVersion.nioVersion
    tls.applicationProtocols = applicationProtocols
    tls.trustRoots = .certificates(material.authorities ?? [])
    tls.certificateVerification =
      switch clientCertificates {
      case .none: .none
      case .optional: .optionalVerification
      case .required: .noHostnameVerification
      }
    return try NIOSSLContext.make(tls, files: files)
  }
}
