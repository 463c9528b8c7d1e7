import Crypto
import Foundation
import SwiftASN1
import X509

/// A key that is made here and leaves this machine never, with the request for a certificate.
struct NewKey {
  let key: P256.Signing.PrivateKey
  /// PKCS #10, in PEM.
  let signingRequest: String

  /// - Parameter uri: whom the certificate is to name; nil leaves it to the system.
  init(for uri: String?) throws {
    key = P256.Signing.PrivateKey()
    var attributes = CertificateSigningRequest.Attributes()
    if let uri {
      let names = SubjectAlternativeNames([.uniformResourceIdentifier(uri)])
      let extensions = try Certificate.Extensions { names }
      attributes.insert(try CertificateSigningRequest.Attribute(ExtensionRequest(extensions: extensions)))
    }
    let request = try CertificateSigningRequest(
      version: .v1, subject: try DistinguishedName { OrganizationName("Vigil") },
      privateKey: Certificate.PrivateKey(key), attributes: attributes, signatureAlgorithm: .ecdsaWithSHA256)
    signingRequest = try request.serializeAsPEM().pemString + "\n"
  }

  /// SHA-256 of the subject public key info: what the holder tells whoever issues the certificate.
  var digest: Data { Data(SHA256.hash(data: key.publicKey.derRepresentation)) }

  /// Writes the key where nothing is yet, for its owner only.
  ///
  /// - Throws: ``CommandFailure`` when there is something already, or it cannot be written.
  func write(to path: String) throws(CommandFailure) {
    try PrivateFile(path: path).write(key.pemRepresentation + "\n")
  }
}
