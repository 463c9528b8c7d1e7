package import Foundation

/// What a test wants to stand in a leaf certificate.
package struct TestCertificate: Sendable {
  package enum Usage: Sendable { case server, client, both }

  package var dnsNames: [String]
  /// IPv4 addresses in dotted form.
  package var addresses: [String]
  package var uriNames: [String]
  package var usage: Usage
  package var notBefore: Date
  package var notAfter: Date

  package init(
    dnsNames: [String] = [],
    addresses: [String] = [],
    uriNames: [String] = [],
    usage: Usage = .both,
    notBefore: Date = Date(timeIntervalSinceNow: -3600),
    notAfter: Date = Date(timeIntervalSinceNow: 86_400)
  ) {
    self.dnsNames = dnsNames
    self.addresses = addresses
    self.uriNames = uriNames
    self.usage = usage
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// A server on this machine: `localhost`, 127.0.0.1 and, if given, a URI name.
  package static func server(uri: String? = nil) -> TestCertificate {
    TestCertificate(
      dnsNames: ["localhost"],
      addresses: ["127.0.0.1"],
      uriNames: uri.map { [$0] } ?? [],
      usage: .both
    )
  }

  package static func client(uri: String) -> TestCertificate {
    TestCertificate(uriNames: [uri], usage: .client)
  }

  /// The same certificate, a day past its end.
  package var expired: TestCertificate {
    var copy = self
    copy.notBefore = Date(timeIntervalSinceNow: -172_800)
    copy.notAfter = Date(timeIntervalSinceNow: -86_400)
    return copy
  }
}
