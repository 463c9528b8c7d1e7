import AIP
import Crypto
import Foundation
import GRPCCore
import Identity
import Policy
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import AccessControlServer
@testable import CommandLineClient

@Suite("Certificates: what is asked for and what is given")
struct SigningTests {
  private static let identity = PeerIdentity(trustDomain: "vigil.local", kind: .client, name: "ken")

  /// A request for a certificate with these names.
  private static func request(
    _ names: [GeneralName], key: Certificate.PrivateKey, _ algorithm: Certificate.SignatureAlgorithm = .ecdsaWithSHA256
  ) throws -> CertificateSigningRequest {
    var attributes = CertificateSigningRequest.Attributes()
    if !names.isEmpty {
      let extensions = try Certificate.Extensions { SubjectAlternativeNames(names) }
      attributes.insert(try CertificateSigningRequest.Attribute(ExtensionRequest(extensions: extensions)))
    }
    return try CertificateSigningRequest(
      version: .v1, subject: try DistinguishedName { CommonName("x") }, privateKey: key, attributes: attributes,
      signatureAlgorithm: algorithm)
  }

  private static func isTaken(
    _ names: [GeneralName], _ key: Certificate.PrivateKey,
    _ algorithm: Certificate.SignatureAlgorithm = .ecdsaWithSHA256
  ) throws -> Bool {
    let pem = try request(names, key: key, algorithm).serializeAsPEM().pemString
    return (try? SigningRequest(pem: pem, for: identity)) != nil
  }

  @Test func aRequestNamesThePrincipalOrNobody() throws {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let own = GeneralName.uniformResourceIdentifier(Self.identity.uri)
    #expect(try Self.isTaken([], key) && Self.isTaken([own], key))
    for names in [
      [.uniformResourceIdentifier("spiffe://vigil.local/client/operator")], [own, .dnsName("gateway")],
      [.dnsName("ken")], [own, own], [.uniformResourceIdentifier("spiffe://vigil.local/service/gateway"), own],
    ] as [[GeneralName]] {
      #expect(try !Self.isTaken(names, key), "\(names)")
    }
  }

  @Test func aKeyIsOfTheKindsThatAreAllowed() throws {
    #expect(try Self.isTaken([], Certificate.PrivateKey(P384.Signing.PrivateKey()), .ecdsaWithSHA384))
    #expect(try Self.isTaken([], Certificate.PrivateKey(Curve25519.Signing.PrivateKey()), .ed25519))
    #expect(try !Self.isTaken([], Certificate.PrivateKey(P521.Signing.PrivateKey()), .ecdsaWithSHA512))
  }

  @Test func whoeverAsksHoldsTheKey() throws {
    let mine = try Self.request([], key: Certificate.PrivateKey(P256.Signing.PrivateKey()))
    let another = Certificate.PrivateKey(P256.Signing.PrivateKey())
    // With another's key in it, and one's own signature.
    let forged = try CertificateSigningRequest(
      version: mine.version, subject: mine.subject, publicKey: another.publicKey, attributes: mine.attributes,
      signatureAlgorithm: mine.signatureAlgorithm, signature: mine.signature)
    let pem = try forged.serializeAsPEM().pemString
    #expect(throws: ServiceError.self) { try SigningRequest(pem: pem, for: Self.identity) }
  }

  @Test(arguments: ["", "x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"])
  func whatIsNoRequestIsRefused(_ pem: String) {
    let error = #expect(throws: ServiceError.self) { try SigningRequest(pem: pem, for: Self.identity) }
    #expect(error?.code == .invalidArgument)
  }

  @Test func aNewKeysDigestIsThatOfItsRequest() throws {
    let new = try NewKey(for: Self.identity.uri)
    #expect(try SigningRequest(pem: new.signingRequest, for: Self.identity).keyDigest == Array(new.digest))
    #expect(Data(hexadecimal: new.digest.hexadecimal) == new.digest)
    for text in ["0", "+1", "0x", "zz", "1 "] { #expect(Data(hexadecimal: text) == nil) }
  }

  @Test func aCertificateIsForCallingAndNamesOne() throws {
    let test = try TestCertificateAuthority()
    let now = PolicyTime(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
    let authority = CertificateAuthority(
      certificateFile: test.authorityFile, keyFile: try test.writeKey(), seconds: 3600)
    let asked = try SigningRequest(pem: try NewKey(for: nil).signingRequest, for: Self.identity)
    let serial = try #require(SerialNumber("190b5a27c3e7abc8def0123456789ab"))
    let issued = try authority.issue(asked, to: Self.identity, serial: serial, at: now)
    #expect(issued.period.until == now.advanced(bySeconds: 3600) && issued.period.from < now)
    let chain = try PEMDocument.parseMultiple(pemString: issued.chain).map { try Certificate(pemDocument: $0) }
    let (leaf, root) = (try #require(chain.first), try #require(chain.last))
    #expect(chain.count == 2 && root.publicKey.isValidSignature(leaf.signature, for: leaf))
    #expect(
      SerialNumber(leaf.serialNumber.bytes.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()) == serial)
    #expect(leaf.publicKey == asked.publicKey && leaf.issuer == root.subject)
    let names = try #require(try leaf.extensions.subjectAlternativeNames)
    #expect(Array(names) == [.uniformResourceIdentifier(Self.identity.uri)])
    let usage = try #require(try leaf.extensions.extendedKeyUsage)
    #expect(Array(usage) == [.clientAuth])
    #expect(try leaf.extensions.basicConstraints == .notCertificateAuthority)
    // It does not outlive the authority, which lasts ten days.
    let long = CertificateAuthority(
      certificateFile: test.authorityFile, keyFile: authority.keyFile, seconds: 40 * 86_400)
    let bounded = try long.issue(asked, to: Self.identity, serial: serial, at: now)
    #expect(bounded.period.until < now.advanced(bySeconds: 11 * 86_400))
  }

  @Test func anAuthorityNeedsItsOwnKey() throws {
    let (one, other) = (try TestCertificateAuthority(), try TestCertificateAuthority())
    let asked = try SigningRequest(pem: try NewKey(for: nil).signingRequest, for: Self.identity)
    let serial = try #require(SerialNumber("1f"))
    for keyFile in [try other.writeKey(), "/nowhere"] {
      let authority = CertificateAuthority(certificateFile: one.authorityFile, keyFile: keyFile, seconds: 60)
      let error = #expect(throws: ServiceError.self) {
        try authority.issue(asked, to: Self.identity, serial: serial, at: PolicyTime(microseconds: 0))
      }
      #expect(error?.code == .internalError)
    }
  }

  @Test func serialNumbersGoIntoCertificatesAndBack() throws {
    for text in ["1", "ff", "100", "190b5a27c3e7abc8def0123456789ab"] {
      let serial = try #require(SerialNumber(text))
      #expect(SerialNumber(serial.octets.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()) == serial)
    }
    let id = RecordID(high: 0x0190_b5a2_7c3e_7abc, low: 0x8def_0123_4567_89ab)
    #expect(SerialNumber(id)?.description == "190b5a27c3e7abc8def0123456789ab")
    for name in ["certificates/01f", "certificates/1F", "certificates/x", "certificates/"] {
      #expect(throws: ServiceError.self) { try CertificateName(parsing: name) }
    }
    #expect(try CertificateName(parsing: "certificates/1f").description == "certificates/1f")
  }

  @Test func statesAreTheContracts() {
    for state in CertificateRecord.State.allCases { #expect(state.code == "STATE_\(state)".uppercased()) }
  }
}
