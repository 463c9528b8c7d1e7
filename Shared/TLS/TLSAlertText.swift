/// The alerts (RFC 8446 §6) and local failures that BoringSSL reports by name, in words.
enum TLSAlertText {
  /// - Parameters:
  ///   - text: the description of the TLS library's error.
  ///   - peer: "server" or "client".
  ///   - identityFile: the certificate that this side presented, if it has one.
  /// - Returns: `nil` for a failure that is not in the table.
  static func explanation(
    of text: String,
    peer: String,
    identityFile: String?,
    minimum: TLSMinimumVersion
  ) -> TLSError? {
    certificateExplanation(of: text, peer: peer, identityFile: identityFile)
      ?? protocolExplanation(of: text, peer: peer, minimum: minimum)
  }

  private static func certificateExplanation(of text: String, peer: String, identityFile: String?) -> TLSError? {
    let ours = identityFile.map { "the certificate \($0)" } ?? "this side's certificate"
    if text.contains("ALERT_CERTIFICATE_REQUIRED") || text.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE") {
      return peer == "server"
        ? TLSError(
          .certificateRequired,
          "the server demands a client certificate",
          remedy: "configure a certificate and key signed by the server's client authority"
        )
        : TLSError(.certificateRequired, "the client presented no certificate, and one is required")
    }
    if text.contains("ALERT_UNKNOWN_CA") {
      return TLSError(
        .rejectedByPeer,
        "the \(peer) does not trust the authority that signed \(ours)",
        remedy: "use a certificate of an authority that the \(peer) is configured with"
      )
    }
    if text.contains("ALERT_CERTIFICATE_EXPIRED") {
      return TLSError(.rejectedByPeer, "the \(peer) says that \(ours) has expired", remedy: "renew it")
    }
    if text.contains("ALERT_BAD_CERTIFICATE") || text.contains("ALERT_CERTIFICATE_UNKNOWN")
      || text.contains("ALERT_UNSUPPORTED_CERTIFICATE") || text.contains("ALERT_ACCESS_DENIED")
    {
      return TLSError(.rejectedByPeer, "the \(peer) refused \(ours)", remedy: "see the log of the \(peer)")
    }
    return nil
  }

  private static func protocolExplanation(of text: String, peer: String, minimum: TLSMinimumVersion) -> TLSError? {
    if text.contains("PROTOCOL_VERSION") || text.contains("UNSUPPORTED_PROTOCOL") {
      return TLSError(
        .protocolMismatch,
        "the \(peer) and this side have no TLS version in common; this side's oldest is \(minimum.rawValue)"
      )
    }
    if text.contains("NO_APPLICATION_PROTOCOL") {
      return TLSError(.protocolMismatch, "the \(peer) does not agree to any of the offered application protocols")
    }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return TLSError(
        .protocolMismatch,
        "the \(peer) does not speak TLS on this port",
        remedy: "check the port, or turn TLS off for this connection"
      )
    }
    if text.contains("EOF during handshake") {
      return TLSError(
        .handshakeFailed,
        "the \(peer) closed the connection during the TLS handshake",
        remedy: "check that it speaks TLS on this port; its log may say more"
      )
    }
    return nil
  }
}
