internal import Crypto
internal import Foundation
internal import SwiftASN1
package import TLS
internal import X509

/// A certificate authority of one test, with its files in a temporary folder.
///
/// Two authorities made separately do not trust each other, whatever their names.
package struct TestCertificateAuthority: Sendable {
  /// Holds the files; they go with it.
  package let folder: TemporaryFolder
  /// The authority's certificate in PEM.
  package let authorityFile: String

  private let key: P256.Signing.PrivateKey
  private let name: DistinguishedName

  package init(_ commonName: String = "Vigil test authority", folder: TemporaryFolder? = nil) throws {
    self.folder = try folder ?? TemporaryFolder("vigil-ca")
    self.key = P256.Signing.PrivateKey()
    self.name = try DistinguishedName { CommonName(commonName) }
    let certificate = try Self.selfSigned(name, key)
    self.authorityFile = try self.folder.write(
      certificate.serializeAsPEM().pemString + "\n",
      to: "ca-\(UUID().uuidString.prefix(8)).pem"
    )
  }

  /// Signs a leaf with a new key and writes `<name>.pem` and `<name>.key`, replacing what is there.
  ///
  /// - Returns: the leaf's files, with this authority as the one to trust.
  package func issue(_ certificate: TestCertificate, as fileName: String) throws -> TLSFiles {
    let leafKey = P256.Signing.PrivateKey()
    let leaf = try sign(certificate, subject: fileName, key: leafKey)
    return TLSFiles(
      certificateChain: try folder.write(leaf.serializeAsPEM().pemString + "\n", to: "\(fileName).pem"),
      privateKey: try folder.write(leafKey.pemRepresentation, to: "\(fileName).key"),
      authorities: authorityFile
    )
  }

  /// Writes the authority's own key, for what issues certificates by itself.
  package func writeKey() throws -> String {
    try folder.write(key.pemRepresentation, to: "ca-\(UUID().uuidString.prefix(8)).key")
  }

  /// The serial number of a leaf that was written, in hexadecimal.
  package func serialNumber(of fileName: String) throws -> String? {
    let text = try String(contentsOfFile: folder.file(fileName + ".pem"), encoding: .utf8)
    return try PeerCertificate(derEncoded: PEMDocument(pemString: text).derBytes).serialNumber
  }

  /// The files of a server on this machine.
  package func server(uri: String? = nil, as fileName: String = "server") throws -> TLSFiles {
    try issue(.server(uri: uri), as: fileName)
  }

  /// The files of a client with a URI name.
  package func client(uri: String, as fileName: String = "client") throws -> TLSFiles {
    try issue(.client(uri: uri), as: fileName)
  }

  /// The files of a client that has no certificate and trusts this authority.
  package var trustOnly: TLSFiles { TLSFiles(authorities: authorityFile) }

  private static func selfSigned(_ name: DistinguishedName, _ key: P256.Signing.PrivateKey) throws -> Certificate {
    try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PublicKey(key.publicKey),
      notValidBefore: Date(timeIntervalSinceNow: -864_000),
      notValidAfter: Date(timeIntervalSinceNow: 864_000),
      issuer: name,
      subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
      },
      issuerPrivateKey: Certificate.PrivateKey(key)
    )
  }

  private func sign(
    _ wanted: TestCertificate,
    subject: String,
    key leafKey: P256.Signing.PrivateKey
  ) throws -> Certificate {
    try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PublicKey(leafKey.publicKey),
      notValidBefore: wanted.notBefore,
      notValidAfter: wanted.notAfter,
      issuer: name,
      subject: try DistinguishedName { CommonName(subject) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage(wanted.usage.extendedKeyUsages)
        SubjectAlternativeNames(wanted.generalNames)
      },
      issuerPrivateKey: Certificate.PrivateKey(key)
    )
  }
}

extension TestCertificate {
  fileprivate var generalNames: [GeneralName] {
    dnsNames.map { .dnsName($0) }
      + addresses.map { .ipAddress(ASN1OctetString(contentBytes: $0.ipv4Bytes[...])) }
      + uriNames.map { .uniformResourceIdentifier($0) }
  }
}

extension TestCertificate.Usage {
  fileprivate var extendedKeyUsages: [ExtendedKeyUsage.Usage] {
    switch self {
    case .server: [.serverAuth]
    case .client: [.clientAuth]
    case .both: [.serverAuth, .clientAuth]
    }
  }
}

extension String {
  fileprivate var ipv4Bytes: [UInt8] { split(separator: ".").compactMap { UInt8($0) } }
}
