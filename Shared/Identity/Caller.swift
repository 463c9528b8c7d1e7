/// Who made the call that the current task serves.
package struct Caller: Hashable, Sendable {
  /// Who speaks: the client that the gateway vouches for, or the direct peer.
  package let peer: Peer

  /// The service that handed the call on in the peer's name; nil when the peer is connected itself.
  package let via: PeerIdentity?

  /// The certificate by which the peer proved who it is; nil for one that did not.
  package private(set) var certificate: SerialNumber?

  package init(peer: Peer, via: PeerIdentity? = nil) {
    self.peer = peer
    self.via = via
  }

  /// The same with the certificate that it has shown.
  package func showing(_ certificate: SerialNumber?) -> Caller {
    var caller = self
    caller.certificate = certificate
    return caller
  }

  /// The caller of the call that this task serves; anonymous outside of one.
  @TaskLocal package static var current = Caller(peer: .anonymous)
}
