import NIOCore
import NameResolution
import Testing

@Suite("Name resolution")
struct HostResolverTests {
  private let resolver = HostResolver()

  @Test("an address stands for itself", arguments: ["127.0.0.1", "192.0.2.7", "::1", "2001:db8::1"])
  func addresses(host: String) async throws {
    let found = try await resolver.resolve(host: host, port: 443)
    #expect(try found == [SocketAddress(ipAddress: host, port: 443)])
  }

  @Test
  func localhost() async throws {
    let found = try await resolver.resolve(host: "localhost", port: 9101)
    #expect(found.allSatisfy { $0.port == 9101 })
    #expect(found.contains { $0.ipAddress == "127.0.0.1" || $0.ipAddress == "::1" })
    #expect(Set(found).count == found.count)
  }

  @Test("the reserved domain never exists (RFC 6761): the error names the host and the reason")
  func unknown() async throws {
    let error = await #expect(throws: NameResolutionError.self) {
      try await resolver.resolve(host: "cases.invalid", port: 1)
    }
    #expect(error?.host == "cases.invalid")
    #expect(error?.reason.isEmpty == false)
    #expect(error?.description.contains("cases.invalid") == true)
  }
}
