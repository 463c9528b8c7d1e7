import Testing

@testable import GatewayServer

@Suite("Routes of the configuration")
struct RouteTests {
  @Test(
    "name a prefix and its targets",
    arguments: [
      ("vigil.cases=127.0.0.1:9101", "vigil.cases", [RouteTarget.fixed(host: "127.0.0.1", port: 9101)]),
      ("a = h:1  dns:n.example:2", "a", [.fixed(host: "h", port: 1), .dns(name: "n.example", port: 2)]),
      ("a.B=[::1]:65535", "a.B", [.fixed(host: "::1", port: 65535)]),
    ])
  func wellFormed(text: String, prefix: String, targets: [RouteTarget]) throws {
    let route = try Route(parsing: text)
    #expect(route.prefix == prefix)
    #expect(route.targets == targets)
    #expect(route.isRequired)
  }

  @Test(
    "say what is wrong with them",
    arguments: [
      ("", RouteError.badRoute("")),
      ("a", .badRoute("a")),
      ("a=", .badRoute("a=")),
      ("a=h", .badTarget("h")),
      ("a=:1", .badTarget(":1")),
      ("a=h:0", .badTarget("h:0")),
      ("a=h:65536", .badTarget("h:65536")),
      ("a=h:x", .badTarget("h:x")),
      ("a=::1:9", .badTarget("::1:9")),
      ("a=http://h:1", .badTarget("http://h:1")),
      ("a=dns:h", .badTarget("dns:h")),
    ])
  func malformed(text: String, error: RouteError) {
    #expect(throws: error) { try Route(parsing: text) }
    #expect(!error.description.isEmpty)
  }

  @Test("can be optional")
  func optional() throws {
    let routes = try Route.parse(["a=h:1", "b=h:2"], optional: ["b"])
    #expect(routes.map(\.isRequired) == [true, false])
    #expect(throws: RouteError.unknownOptional("c")) { try Route.parse(["a=h:1"], optional: ["c"]) }
  }
}
