import AIP
import Crypto
import FoundationEssentials
import GRPCCore
import Identity
import Policy
import ServiceRuntime
import SwiftASN1
import X509

/// The authority of the deployment, which signs what it is asked to: whether it may be asked is the methods' to judge.
///
/// Its files are read anew each time: it is asked rarely, and its key is not held in memory in between.
struct CertificateAuthority: Sendable {
  /// The authority's certificate and its key, in PEM.
  let certificateFile: String
  let keyFile: String
  /// How long a certificate lasts; not longer than the authority's own.
  let seconds: Int64

  /// Signs a certificate for the calling end of a connection.
  ///
  /// - Throws: INTERNAL when the authority's files are unusable.
  func issue(
    _ request: SigningRequest, to identity: PeerIdentity, serial: SerialNumber, at now: PolicyTime
  ) throws(ServiceError) -> IssuedCertificate {
    do {
      let authority = try Certificate(pemEncoded: try text(certificateFile))
      let key = try Certificate.PrivateKey(pemEncoded: try text(keyFile))
      guard key.publicKey == authority.publicKey else { throw Mismatch() }
      // A clock that is a little behind must not refuse it.
      let from = now.advanced(bySeconds: -60)
      let until = min(now.advanced(bySeconds: seconds), PolicyTime(authority.notValidAfter))
      let leaf = try Certificate(
        version: .v3,
        serialNumber: Certificate.SerialNumber(bytes: serial.octets),
        publicKey: request.publicKey,
        notValidBefore: Date(from),
        notValidAfter: Date(until),
        issuer: authority.subject,
        subject: try DistinguishedName {
          OrganizationName("Vigil")
          CommonName(String(identity.name.prefix(64)))
        },
        extensions: try Self.extensions(request.publicKey, identity, authority),
        issuerPrivateKey: key)
      let chain = try [leaf, authority].map { try $0.serializeAsPEM().pemString + "\n" }.joined()
      return IssuedCertificate(chain: chain, period: Period(from: from, until: until))
    } catch {
      throw ServiceError(.internalError, .internalFault, "the certificate authority cannot sign: \(type(of: error))")
    }
  }

  private static func extensions(
    _ key: Certificate.PublicKey, _ identity: PeerIdentity, _ authority: Certificate
  ) throws -> Certificate.Extensions {
    let authorityKey = try authority.extensions.subjectKeyIdentifier?.keyIdentifier
    return try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      Critical(KeyUsage(digitalSignature: true))
      try ExtendedKeyUsage([.clientAuth])
      SubjectAlternativeNames([.uniformResourceIdentifier(identity.uri)])
      SubjectKeyIdentifier(hash: key)
      AuthorityKeyIdentifier(
        keyIdentifier: authorityKey ?? SubjectKeyIdentifier(hash: authority.publicKey).keyIdentifier)
    }
  }

  private func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
  }

  private struct Mismatch: Error {}
}

extension Date {
  /// To the second, as certificates have it.
  fileprivate init(_ time: PolicyTime) {
    self.init(timeIntervalSince1970: Double(time.microseconds / 1_000_000))
  }
}

extension PolicyTime {
  fileprivate init(_ date: Date) {
    self.init(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000)
  }
}

extension CertificateAuthority {
  /// Nil unless both files are named.
  init?(_ settings: Settings) {
    guard let certificate = settings[AccessControlConfiguration.authority],
      let key = settings[AccessControlConfiguration.authorityKey]
    else { return nil }
    self.init(
      certificateFile: certificate, keyFile: key,
      seconds: settings[AccessControlConfiguration.lifetime].components.seconds)
  }
}
