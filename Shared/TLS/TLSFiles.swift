/// Where the PEM files of one endpoint are. Paths are kept as given; nothing is read here.
package struct TLSFiles: Sendable, Hashable {
  /// A certificate chain and the private key of its leaf.
  package struct Identity: Sendable, Hashable {
    /// The leaf certificate, followed by its intermediates, in PEM.
    package var certificateChain: String
    /// The leaf's private key, unencrypted, in PEM (PKCS #8, SEC 1 or PKCS #1).
    package var privateKey: String

    package init(certificateChain: String, privateKey: String) {
      self.certificateChain = certificateChain
      self.privateKey = privateKey
    }
  }

  /// What this endpoint presents. A server must have one; a client only for mutual TLS.
  package var identity: Identity?

  /// A PEM bundle of the authorities that the peer's certificate must chain to; `nil` for a client
  /// means the system's trust store.
  package var authorities: String?

  package init(identity: Identity?, authorities: String?) {
    self.identity = identity
    self.authorities = authorities
  }

  package init(certificateChain: String, privateKey: String, authorities: String? = nil) {
    self.init(
      identity: Identity(certificateChain: certificateChain, privateKey: privateKey),
      authorities: authorities
    )
  }

  package init(authorities: String?) {
    self.init(identity: nil, authorities: authorities)
  }

  /// Every file that takes part, in the order of reading.
  package var paths: [String] {
    [identity?.certificateChain, identity?.privateKey, authorities].compactMap { $0 }
  }
}
