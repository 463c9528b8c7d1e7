import Identity
import NIOCore
import TLS

/// Who is at the other end of a client's connection, as far as the gateway needs to know.
final class ClientDescription: Sendable {
  /// Which of the two listeners took the connection.
  enum Listener: String, Sendable {
    case `public`
    case mesh
  }

  let listener: Listener
  /// The URI name of the verified certificate, if there is exactly one.
  let uri: String?
  /// The serial number of that certificate.
  let serial: String?
  /// Whom limits are counted against.
  let key: ClientKey
  /// For the log: what kind of identity it is, and not whose.
  let kind: String

  /// Whether it is a service of the system.
  var isService: Bool { kind == PeerIdentity.Kind.service.rawValue }

  init(listener: Listener, certificate: PeerCertificate?, address: SocketAddress?) {
    self.listener = listener
    let certificateURIs = certificate?.uriNames
    self.uri = certificateURIs?.count == 1 ? certificateURIs?.first : nil
    self.serial = uri == nil ? nil : certificate?.serialNumber
    self.key = ClientKey(identity: uri, address: address)
    self.kind =
      switch certificateURIs.map(Peer.init(certificateURIs:)) {
      case nil: "none"
      case .some(.anonymous): "unnamed"
      case .some(.identified(let identity)): identity.kind.rawValue
      }
  }
}
