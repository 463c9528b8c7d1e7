/// Module `TLS`: everything that Vigil's listeners and clients share about transport security.
///
/// It owns: reading certificate files and saying what is wrong with them (``TLSFiles``,
/// ``TLSMaterial``), turning them into NIOSSL contexts and keeping those fresh while the process
/// runs (``TLSContextProvider``), finishing a handshake (``TLSHandshakeHandler``), telling who the
/// peer is (``PeerCertificate``) and explaining in words why a handshake failed
/// (``TLSFailureDiagnosis``).
///
/// It may import NIOCore, NIOTLS, NIOSSL, X509, SwiftASN1, Crypto, Logging and ServiceLifecycle. It
/// knows nothing of HTTP/2 or gRPC except the ALPN name it offers by default.
package enum TLSDefaults {
  /// The ALPN protocol offered and accepted when a configuration names none (RFC 9113 §3.2).
  package static let applicationProtocols = ["h2"]

  /// How long a side that closes waits for the other's close_notify. RFC 8446 section 6.1 asks for no wait, HTTP/2 says
  /// itself what has ended (GOAWAY), and gRPC's C core never answers: each close would take so long.
  package static let closeWait = Duration.milliseconds(100)

  /// How often the files are looked at for a new version.
  package static let reloadInterval = Duration.seconds(5)
}
