/// One end of a connection, as far as it proved who it is.
package enum Peer: Hashable, Sendable {
  /// It showed no certificate, or one that names nobody we know how to name.
  case anonymous
  /// It proved this identity with a certificate of a trusted authority.
  case identified(PeerIdentity)

  package var identity: PeerIdentity? {
    switch self {
    case .anonymous: nil
    case .identified(let identity): identity
    }
  }

  package var isService: Bool { identity?.kind == .service }
  package var isClient: Bool { identity?.kind == .client }

  /// The peer that the URIs of a verified certificate name: a certificate with more than one is
  /// ambiguous, and SPIFFE (X509-SVID, section 2) tells to reject it.
  package init(certificateURIs uris: [String]) {
    guard uris.count == 1, let identity = PeerIdentity(uri: uris[0]) else {
      self = .anonymous
      return
    }
    self = .identified(identity)
  }
}
