import Testing

@testable import GatewayServer

@Suite("The route table")
struct RouteTableTests {
  static let prefixes = ["vigil.cases", "vigil.cases.v1.ImportService", "vigil", "other.Service"]

  @Test(
    "gives the longest prefix of whole components",
    arguments: [
      ("vigil.cases.v1.CaseService", 0),
      ("vigil.cases", 0),
      ("vigil.cases.v1.ImportService", 1),
      ("vigil.cases.v1.ImportServiceTwo", 0),
      ("vigil.casesarchive.v1.X", 2),
      ("vigil.x", 2),
      ("other.Service", 3),
      ("other.Services", nil),
      ("other", nil),
      ("vigi", nil),
      ("", nil),
      ("Vigil.cases.v1.CaseService", nil),
    ] as [(String, Int?)])
  func longestMatch(service: String, route: Int?) throws {
    let table = try RouteTable(prefixes: Self.prefixes)
    #expect(table.route(for: Array(service.utf8)) == route)
    #expect(table.route(for: Array("/\(service)".utf8)[1...]) == route)
  }

  @Test(
    "refuses what cannot be a service name", arguments: ["", ".", "a.", ".a", "a..b", "a b", "a/b", "1a", "a.1b", "ä"])
  func badPrefix(prefix: String) {
    #expect(throws: RouteError.badPrefix(prefix)) { try RouteTable(prefixes: [prefix]) }
  }

  @Test("refuses the same prefix twice")
  func duplicate() {
    #expect(throws: RouteError.duplicatePrefix("a")) { try RouteTable(prefixes: ["a", "b", "a"]) }
  }

  @Test("without routes has none")
  func empty() throws {
    #expect(try RouteTable(prefixes: []).route(for: Array("a".utf8)) == nil)
  }
}
