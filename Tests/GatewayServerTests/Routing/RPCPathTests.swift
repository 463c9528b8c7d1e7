import Testing

@testable import GatewayServer

@Suite("The path of a call")
struct RPCPathTests {
  @Test(
    "is a service and a method",
    arguments: [
      ("/vigil.cases.v1.CaseService/GetCase", "vigil.cases.v1.CaseService", "GetCase"),
      ("/a/b", "a", "b"),
      ("/grpc.health.v1.Health/Check", "grpc.health.v1.Health", "Check"),
    ])
  func wellFormed(path: String, service: String, method: String) throws {
    let parsed = try #require(RPCPath(Array(path.utf8)))
    #expect(String(decoding: parsed.service, as: UTF8.self) == service)
    #expect(String(decoding: parsed.method, as: UTF8.self) == method)
  }

  @Test("is nothing else", arguments: ["", "/", "//", "a/b", "/a", "/a/", "//b", "/a/b/", "/a/b/c", "*", "/a//b"])
  func malformed(path: String) {
    #expect(RPCPath(Array(path.utf8))?.service == nil)
  }

  @Test("may be a slice that does not begin at zero")
  func slice() throws {
    let parsed = try #require(RPCPath(Array("xx/s/m".utf8)[2...]))
    #expect(Array(parsed.service) == Array("s".utf8))
  }
}
