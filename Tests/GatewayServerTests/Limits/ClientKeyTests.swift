import NIOCore
import Testing

@testable import GatewayServer

@Suite("Whom a limit counts")
struct ClientKeyTests {
  @Test(
    "addresses of version 6 count by their network",
    arguments: [
      ("192.0.2.7", "192.0.2.7"),
      ("::ffff:192.0.2.7", "192.0.2.7"),
      ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
      ("2001:db8:1:2::9", "2001:db8:1:2"),
      ("2001:db8::9", "2001:db8:0:0"),
      ("::1", "0:0:0:0"),
      ("fe80::1:2:3:4", "fe80:0:0:0"),
      ("1::", "1:0:0:0"),
    ])
  func network(address: String, network: String) {
    #expect(ClientKey.network(of: address) == network)
  }

  @Test("an identity goes before an address")
  func identity() throws {
    let address = try SocketAddress(ipAddress: "192.0.2.7", port: 1)
    #expect(ClientKey(identity: "spiffe://x/y", address: address) == .identity("spiffe://x/y"))
    #expect(ClientKey(identity: nil, address: address) == .address("192.0.2.7"))
    #expect(ClientKey(identity: nil, address: nil) == .local)
    #expect(ClientKey(identity: nil, address: try SocketAddress(unixDomainSocketPath: "/tmp/x")) == .local)
  }
}
