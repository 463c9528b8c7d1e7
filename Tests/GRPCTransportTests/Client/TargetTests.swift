import NIOCore
import Testing

@testable import GRPCTransport

@Suite("Client: targets")
struct TargetTests {
  @Test(
    "the text form",
    arguments: [
      ("cases:9101", [.host("cases", port: 9101)]),
      ("127.0.0.1:1", [.host("127.0.0.1", port: 1)]),
      ("[::1]:443", [.host("::1", port: 443)]),
      ("dns:///cases.internal:65535", [.host("cases.internal", port: 65_535)]),
      ("dns:cases:80", [.host("cases", port: 80)]),
      ("unix:run/vigil.sock", [.unixSocket(path: "run/vigil.sock")]),
      ("unix:///run/vigil.sock", [.unixSocket(path: "/run/vigil.sock")]),
      ("a:1, b:2 ,unix:c", [.host("a", port: 1), .host("b", port: 2), .unixSocket(path: "c")]),
    ] as [(String, [ClientEndpoint])])
  func parses(text: String, endpoints: [ClientEndpoint]) throws {
    let target = try ClientTarget(parsing: text)
    #expect(target.endpoints == endpoints)
    #expect(try ClientTarget(parsing: target.description) == target)
  }

  @Test(
    "what is wrong is named",
    arguments: [
      ("", ""), ("cases", "cases"), ("cases:", "cases:"), ("cases:http", "cases:http"), ("cases:0", "cases:0"),
      ("cases:65536", "cases:65536"), (":80", ":80"), ("::1:80", "::1:80"), ("a:1,,b:2", ""), ("a:1,b", "b"),
      ("unix:", "unix:"), ("https://cases:443", "https://cases:443"),
    ])
  func rejects(text: String, part: String) {
    let error = #expect(throws: ClientTargetError.self) { try ClientTarget(parsing: text) }
    #expect(error?.part == part)
    #expect(error?.description.hasPrefix("'\(part)'") == true)
  }

  @Test(
    "the authority is the first host",
    arguments: [
      ("unix:a,cases:1,b:2", "cases:1"), ("[::1]:443", "[::1]:443"), ("unix:a", "localhost"),
    ])
  func authority(text: String, authority: String) throws {
    #expect(try ClientTarget(parsing: text).authority == authority)
  }

  @Test
  func emptyList() {
    #expect(ClientTarget([]) == nil)
  }

  @Test(
    "only names are looked up again",
    arguments: [
      ("127.0.0.1:1,[::1]:2,unix:a", false), ("127.0.0.1:1,cases:2", true),
    ])
  func isDynamic(text: String, isDynamic: Bool) throws {
    #expect(TargetResolver(try ClientTarget(parsing: text)).isDynamic == isDynamic)
  }

  @Test("addresses come in order, once, with the name that TLS verifies")
  func resolves() async throws {
    let resolver = TargetResolver(try ClientTarget(parsing: "127.0.0.1:7,unix:/tmp/a,127.0.0.1:7,localhost:7"))
    let found = try await resolver.resolve()
    #expect(found.prefix(2).map(\.description) == ["127.0.0.1:7", "unix:/tmp/a"])
    #expect(found.prefix(2).allSatisfy { $0.hostName == nil })
    #expect(found.dropFirst(2).allSatisfy { $0.hostName == "localhost" })
    #expect(found.dropFirst(2).first?.description.hasPrefix("localhost (") == true)
  }

  @Test(
    "families take turns, beginning with the one that the system prefers",
    arguments: [
      ("", ""), ("4a", "4a"), ("6a 6b 6c 4a 4b", "6a 4a 6b 4b 6c"), ("4a 6a 6b", "4a 6a 6b"), ("4a 4b", "4a 4b"),
    ])
  func families(_ given: String, _ wanted: String) throws {
    func addresses(_ text: String) throws -> [SocketAddress] {
      try text.split(separator: " ").map {
        try SocketAddress(
          ipAddress: $0.hasPrefix("6") ? "fd00::\($0.dropFirst())" : "10.0.0.1\($0 == "4a" ? 0 : 1)", port: 1)
      }
    }
    #expect(try addresses(given).familiesInTurn == addresses(wanted))
  }

  @Test("a name that is not there does not hide one that is; alone it is the error")
  func partly() async throws {
    let some = try await TargetResolver(try ClientTarget(parsing: "a.invalid:1,127.0.0.1:2")).resolve()
    #expect(some.map(\.description) == ["127.0.0.1:2"])
    let error = await #expect(throws: ConnectFailure.self) {
      try await TargetResolver(try ClientTarget(parsing: "a.invalid:1,b.invalid:2")).resolve()
    }
    #expect(error?.address == "a.invalid:1")
    #expect(error?.step == .resolve)
  }
}
