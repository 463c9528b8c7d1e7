package import AIP
import GRPCCore
package import Identity

// Which certificate the caller has shown: what was revoked is told by it.
extension AuthenticationInterceptor {
  /// The header in which the gateway names the caller's certificate, by its serial number.
  package static let certificateHeader = "vigil-peer-serial"

  /// The caller with its certificate: the connection's own, or the one that the gateway names with the caller.
  ///
  /// - Parameters:
  ///   - serial: of the connection's certificate.
  ///   - named: what the gateway says.
  /// - Throws: UNAUTHENTICATED when the gateway names somebody without a certificate: nobody could tell whether it was
  ///   revoked.
  package func certified(
    _ caller: Caller, serial: String?, named: String?
  ) throws(ServiceError) -> Caller {
    guard caller.peer.identity != nil else { return caller }
    guard let text = caller.via == nil ? serial : named, let certificate = SerialNumber(text) else {
      if caller.via == nil { return caller }
      throw ServiceError(.unauthenticated, .credentialsMissing, "the caller's certificate is not named")
    }
    return caller.showing(certificate)
  }
}
