internal import FoundationEssentials
internal import NIOCore
package import NIOSSL
internal import SwiftASN1
internal import X509

/// Explains a failed handshake in words that name the certificate, the file and the remedy.
///
/// BoringSSL only says that verification failed; the peer's certificate and the configured
/// authorities say why.
package struct TLSFailureDiagnosis: Sendable {
  private let authoritiesFile: String
  private let identityFile: String?
  private let peer: String
  private let minimumVersion: TLSMinimumVersion
  private let authorities: [NIOSSLCertificate]

  init(endpoint: TLSEndpoint, authorities: [NIOSSLCertificate]) {
    self.authorities = authorities
    self.authoritiesFile = endpoint.files.authorities ?? "the system's trust store"
    self.identityFile = endpoint.files.identity?.certificateChain
    switch endpoint {
    case .server(let configuration):
      self.peer = "client"
      self.minimumVersion = configuration.minimumVersion
    case .client(let configuration):
      self.peer = "server"
      self.minimumVersion = configuration.minimumVersion
    }
  }

  /// - Parameters:
  ///   - error: what the TLS handler reported.
  ///   - certificate: the leaf that the peer presented, if it got that far.
  package func explain(_ error: any Error, certificate: NIOSSLCertificate?) -> TLSError {
    if let error = error as? TLSError { return error }
    if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
      return nameMismatch(error, certificate)
    }
    if error is IOError || error is ChannelError {
      // A server that speaks something else often resets the connection at our first bytes.
      return explain(NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])), certificate: certificate)
    }
    let text = "\(error)"
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return verificationFailure(certificate) }
    return TLSAlertText.explanation(of: text, peer: peer, identityFile: identityFile, minimum: minimumVersion)
      ?? TLSError(.handshakeFailed, "the TLS handshake with the \(peer) failed: \(text)")
  }

  /// - Parameter text: the description of an error that came after the handshake: with TLS 1.3 a
  ///   server's refusal of the client's certificate arrives that late.
  /// - Returns: `nil` when the text is no TLS alert.
  package func explain(text: String) -> TLSError? {
    TLSAlertText.explanation(of: text, peer: peer, identityFile: identityFile, minimum: minimumVersion)
  }

  private func nameMismatch(_ error: NIOSSLExtraError, _ certificate: NIOSSLCertificate?) -> TLSError {
    let parsed = certificate.flatMap { try? PeerCertificate($0) }
    let names = (parsed?.dnsNames ?? []) + (parsed?.uriNames ?? [])
    return TLSError(
      .nameMismatch,
      "the server's certificate is for \(names.isEmpty ? "no name" : names.joined(separator: ", ")), "
        + "not for the host that was dialled",
      remedy: "dial a name that the certificate has, or set the expected server name"
    )
  }

  private func verificationFailure(_ certificate: NIOSSLCertificate?) -> TLSError {
    guard let certificate, let parsed = try? PeerCertificate(certificate) else {
      return TLSError(
        .unknownAuthority,
        "the \(peer)'s certificate does not verify against \(authoritiesFile)"
      )
    }
    let now = Date()
    if now > parsed.notAfter {
      return TLSError(
        .expired,
        "the \(peer)'s certificate expired on \(parsed.notAfter.utc)",
        remedy: "renew the certificate of the \(peer)"
      )
    }
    if now < parsed.notBefore {
      return TLSError(
        .notYetValid,
        "the \(peer)'s certificate is not valid before \(parsed.notBefore.utc)",
        remedy: "check the clocks of both machines"
      )
    }
    return untrusted(parsed)
  }

  private func untrusted(_ certificate: PeerCertificate) -> TLSError {
    let known = authorities.contains { subject(of: $0) == certificate.issuer }
    return TLSError(
      .unknownAuthority,
      known
        ? "the \(peer)'s certificate names an issuer (\(certificate.issuer)) that \(authoritiesFile) has, "
          + "but is not signed with that authority's key, or is not for this use"
        : "the \(peer)'s certificate is signed by \(certificate.issuer), which \(authoritiesFile) does not have",
      remedy: "use the CA file that belongs to this \(peer)"
    )
  }

  private func subject(of certificate: NIOSSLCertificate) -> String? {
    guard let bytes = try? certificate.toDERBytes() else { return nil }
    return try? Certificate(derEncoded: bytes).subject.description
  }
}
