import AIP
import Crypto
import Identity
import SwiftASN1
import X509

/// A certificate signing request (PKCS #10), checked: whoever made it holds the key, and it names nobody else.
struct SigningRequest: Sendable {
  let pem: String
  let publicKey: Certificate.PublicKey
  /// SHA-256 of the subject public key info (DER).
  let keyDigest: [UInt8]

  /// - Throws: INVALID_ARGUMENT for what does not parse, is signed with another key, has a key of another kind, or names
  ///   anybody but `identity`.
  init(pem: String, for identity: PeerIdentity) throws(ServiceError) {
    guard pem.utf8.count <= 8192, let request = try? CertificateSigningRequest(pemEncoded: pem),
      let key = try? request.publicKey.serializeAsPEM().derBytes
    else {
      throw .invalid("signing_request", "must be a PKCS #10 request in PEM, at most 8,192 bytes")
    }
    guard request.publicKey.isValidSignature(request.signature, for: request) else {
      throw .invalid("signing_request", "must be signed with its own key")
    }
    guard Self.isAllowed(request.publicKey) else {
      throw .invalid("signing_request", "must have a key for ECDSA on P-256 or P-384, or Ed25519")
    }
    guard let names = Self.names(request), names.isEmpty || names == [.uniformResourceIdentifier(identity.uri)] else {
      throw .invalid("signing_request", "must name nobody but the principal")
    }
    self.pem = pem
    publicKey = request.publicKey
    keyDigest = Array(SHA256.hash(data: key))
  }

  private static func isAllowed(_ key: Certificate.PublicKey) -> Bool {
    P256.Signing.PublicKey(key) != nil || P384.Signing.PublicKey(key) != nil
      || Curve25519.Signing.PublicKey(key) != nil
  }

  /// The alternative names that are asked for; nil when they do not parse.
  private static func names(_ request: CertificateSigningRequest) -> [GeneralName]? {
    do {
      guard let asked = try request.attributes.extensionRequest else { return [] }
      return try asked.extensions.subjectAlternativeNames.map { Array($0) } ?? []
    } catch {
      return nil
    }
  }
}
