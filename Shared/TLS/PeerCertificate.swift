internal import Crypto
package import FoundationEssentials
package import NIOSSL
internal import SwiftASN1
internal import X509

/// What Vigil reads from a certificate to know whose it is. Says nothing of whether the certificate
/// was verified: that is the handshake's part.
package struct PeerCertificate: Sendable, Hashable {
  /// The URI subject alternative names in the order of the certificate, such as
  /// `spiffe://vigil.local/service/cases`.
  package let uriNames: [String]
  /// The DNS subject alternative names in the order of the certificate.
  package let dnsNames: [String]
  /// The serial number, in lower-case hexadecimal without separators.
  package let serialNumber: String
  package let notBefore: Date
  package let notAfter: Date
  /// SHA-256 of the DER form, in lower-case hexadecimal without separators.
  package let fingerprint: String
  /// The issuer's distinguished name in RFC 4514 form.
  package let issuer: String

  /// - Throws: ``TLSError`` with code `.invalidCertificate` when the bytes are not an X.509
  ///   certificate or its alternative names do not parse.
  package init(derEncoded bytes: [UInt8]) throws(TLSError) {
    do {
      let certificate = try Certificate(derEncoded: bytes)
      let names = try certificate.extensions.subjectAlternativeNames
      self.uriNames = names?.compactMap(\.uri) ?? []
      self.dnsNames = names?.compactMap(\.dns) ?? []
      self.serialNumber = certificate.serialNumber.bytes.hexadecimal
      self.notBefore = certificate.notValidBefore
      self.notAfter = certificate.notValidAfter
      self.fingerprint = SHA256.hash(data: bytes).hexadecimal
      self.issuer = certificate.issuer.description
    } catch {
      throw TLSError(.invalidCertificate, "the certificate cannot be parsed: \(error)")
    }
  }

  /// - Throws: ``TLSError`` as ``init(derEncoded:)``.
  package init(_ certificate: NIOSSLCertificate) throws(TLSError) {
    let bytes: [UInt8]
    do {
      bytes = try certificate.toDERBytes()
    } catch {
      throw TLSError(.invalidCertificate, "the certificate cannot be encoded: \(error)")
    }
    try self.init(derEncoded: bytes)
  }

  /// The SPIFFE id of an X.509-SVID: the certificate's only URI name, if its scheme is `spiffe`
  /// (SPIFFE X509-SVID §2: exactly one URI name).
  package var spiffeID: String? {
    guard uriNames.count == 1, let name = uriNames.first, name.hasPrefix("spiffe://") else { return nil }
    return name
  }

  /// - Throws: ``TLSError`` when `date` is outside of the validity; `file` is where it came from.
  func checkValidity(at date: Date, file: String) throws(TLSError) {
    if date > notAfter {
      throw TLSError(.expired, "the certificate \(file) expired on \(notAfter.utc)", remedy: "renew it")
    }
    if date < notBefore {
      throw TLSError(
        .notYetValid,
        "the certificate \(file) is not valid before \(notBefore.utc)",
        remedy: "check this machine's clock"
      )
    }
  }
}

extension GeneralName {
  fileprivate var uri: String? {
    if case .uniformResourceIdentifier(let name) = self { name } else { nil }
  }

  fileprivate var dns: String? {
    if case .dnsName(let name) = self { name } else { nil }
  }
}
