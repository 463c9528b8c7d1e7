package import GRPCCore

/// What a transport tells of the certificate at the other end of a connection.
package protocol PeerCertificateCarrier: ServerContext.TransportSpecific {
  /// The URIs among the subject alternative names of the peer's verified certificate; none without TLS
  /// or without a client certificate.
  var peerURINames: [String] { get }

  /// The serial number of the same certificate, in hexadecimal.
  var peerSerialNumber: String? { get }
}
