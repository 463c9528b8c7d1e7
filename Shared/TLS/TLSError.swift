/// What went wrong with certificates, keys or a handshake, told so that a person can act on it.
///
/// The text names files and certificate names (which are public), never key material.
package struct TLSError: Error, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// A file is missing, unreadable or empty.
    case unreadableFile
    /// A file has no certificate, or one that does not parse.
    case invalidCertificate
    /// A file has no usable private key.
    case invalidPrivateKey
    /// The private key is not that of the leaf certificate.
    case keyMismatch
    /// A certificate's validity is over.
    case expired
    /// A certificate's validity has not begun.
    case notYetValid
    /// The settings contradict each other.
    case invalidConfiguration
    /// The peer's certificate does not chain to the configured authorities.
    case unknownAuthority
    /// The peer's certificate is valid but names someone else.
    case nameMismatch
    /// A certificate was demanded and none presented.
    case certificateRequired
    /// The peer refused the certificate presented by this side.
    case rejectedByPeer
    /// No common TLS version or application protocol, or the peer does not speak TLS.
    case protocolMismatch
    /// The connection ended, or the handshake failed, for another reason.
    case handshakeFailed
  }

  package var code: Code
  /// What is wrong, in one sentence without a full stop.
  package var reason: String
  /// What to do about it; may be empty.
  package var remedy: String

  package init(_ code: Code, _ reason: String, remedy: String = "") {
    self.code = code
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String {
    remedy.isEmpty ? reason : "\(reason); \(remedy)"
  }
}
