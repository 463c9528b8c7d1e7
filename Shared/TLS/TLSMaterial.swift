internal import NIOSSL

/// The parsed and checked contents of ``TLSFiles``.
struct TLSMaterial: Sendable {
  struct Identity: Sendable {
    /// Leaf first; never empty.
    var chain: [NIOSSLCertificate]
    var privateKey: NIOSSLPrivateKey
    /// The leaf, for logs and metrics.
    var leaf: PeerCertificate
  }

  var identity: Identity?
  /// `nil` when the files name none; never empty otherwise.
  var authorities: [NIOSSLCertificate]?
}
