/// What a finished handshake agreed on.
package struct TLSSession: Sendable, Hashable {
  /// The ALPN protocol, or `nil` when the peer chose none.
  package var applicationProtocol: String?
  /// The peer's verified certificate, or `nil` when it presented none (a client that is not asked).
  package var peer: PeerCertificate?

  package init(applicationProtocol: String?, peer: PeerCertificate?) {
    self.applicationProtocol = applicationProtocol
    self.peer = peer
  }
}
