/// Who made the call that the current task serves: the holder of a certificate, or the principal of a token.
package struct Caller: Hashable, Sendable {
  /// Who speaks by a certificate: the client that the gateway vouches for, or the direct peer. Nobody where a token
  /// speaks.
  package let peer: Peer

  /// The service that handed the call on in the caller's name; nil when the caller is connected itself.
  package let via: PeerIdentity?

  /// Whose token came with the call. The call is then its principal's alone, whatever certificate the connection showed:
  /// neither adds to the other, so that nobody gains by borrowing a connection or a token.
  package let token: TokenIdentity?

  /// The certificate by which the peer proved who it is; nil for one that did not.
  package private(set) var certificate: SerialNumber?

  package init(peer: Peer, via: PeerIdentity? = nil) {
    self.peer = peer
    self.via = via
    token = nil
  }

  package init(token: TokenIdentity, via: PeerIdentity? = nil) {
    peer = .anonymous
    self.via = via
    self.token = token
  }

  /// Whether it proved who it is, one way or the other.
  package var isIdentified: Bool { token != nil || peer.identity != nil }

  /// The same with the certificate that it has shown.
  package func showing(_ certificate: SerialNumber?) -> Caller {
    var caller = self
    caller.certificate = certificate
    return caller
  }

  /// The caller of the call that this task serves; anonymous outside of one.
  @TaskLocal package static var current = Caller(peer: .anonymous)
}
