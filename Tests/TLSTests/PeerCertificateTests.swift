import NIOSSL
import TLS
import TestSupport
import Testing

@Suite("TLS: what is read from a certificate")
struct PeerCertificateTests {
  private let authority: TestCertificateAuthority

  init() throws { authority = try TestCertificateAuthority("Reader's authority") }

  private func read(_ certificate: TestCertificate) throws -> PeerCertificate {
    let files = try authority.issue(certificate, as: "leaf")
    let chain = try NIOSSLCertificate.fromPEMFile(files.identity!.certificateChain)
    return try PeerCertificate(chain[0])
  }

  @Test
  func names() throws {
    let uri = "spiffe://vigil.test/service/cases"
    let peer = try read(TestCertificate(dnsNames: ["a.test", "b.test"], addresses: ["10.0.0.1"], uriNames: [uri]))
    #expect(peer.uriNames == [uri])
    #expect(peer.dnsNames == ["a.test", "b.test"])
    #expect(peer.spiffeID == uri)
    #expect(peer.issuer == "CN=Reader's authority")
    #expect(peer.notBefore < peer.notAfter)
    #expect(!peer.serialNumber.isEmpty)
    #expect(peer.fingerprint.count == 64)
  }

  @Test(
    "an SVID has exactly one URI name, of scheme spiffe",
    arguments: [
      [], ["https://vigil.test/"], ["spiffe://vigil.test/a", "spiffe://vigil.test/b"],
    ])
  func notAnSVID(uriNames: [String]) throws {
    let peer = try read(TestCertificate(dnsNames: ["a.test"], uriNames: uriNames))
    #expect(peer.uriNames == uriNames)
    #expect(peer.spiffeID == nil)
  }

  @Test(arguments: [[], [0x30], Array("certificate".utf8)] as [[UInt8]])
  func rubbish(bytes: [UInt8]) {
    let error = #expect(throws: TLSError.self) { try PeerCertificate(derEncoded: bytes) }
    #expect(error?.code == .invalidCertificate)
  }

  @Test(
    "host names are matched by RFC 9525",
    arguments: [
      ("a.test", "a.test", true), ("A.Test", "a.test.", true), ("a.test", "b.test", false),
      ("*.a.test", "x.a.test", true), ("*.a.test", "a.test", false), ("*.a.test", "x.y.a.test", false),
      ("*.test", "a.test", false), ("*", "test", false), ("x*.a.test", "xy.a.test", false),
      ("a.test", "", false), ("a.test", "a.test.evil.test", false),
    ])
  func hosts(name: String, host: String, matches: Bool) throws {
    #expect(try read(TestCertificate(dnsNames: [name])).isFor(host: host) == matches)
  }
}
