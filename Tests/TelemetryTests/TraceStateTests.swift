import Telemetry
import Testing

/// W3C Trace Context, level 1, section 3.3.
@Suite("tracestate")
struct TraceStateTests {
  @Test(
    "is read and written",
    arguments: [
      (["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"], "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
      (["a=1", "b=2"], "a=1,b=2"),  // several headers are one list
      ([" a=1 ,\tb=2"], "a=1,b=2"),
      (["a=1,,b=2,"], "a=1,b=2"),  // empty members are allowed
      (["tenant@vendor=x y"], "tenant@vendor=x y"),
      (["a_-*/9=!~"], "a_-*/9=!~"),
      (["0a=b"], "0a=b"),
    ]
  )
  func reads(headers: [String], written: String) throws {
    #expect(try #require(TraceState(headers: headers)).header == written)
  }

  @Test("nothing is written for nothing")
  func empty() throws {
    #expect(try #require(TraceState(headers: [])).header == nil)
    #expect(try #require(TraceState(headers: ["", " , "])).header == nil)
  }

  @Test(
    "is refused when malformed",
    arguments: [
      "a", "=1", "a=", "A=1", "_a=1", "a b=1", "a=1=2", "a=\u{7f}", "a=é", "a=1,a=2", "é=1",
      String(repeating: "k", count: 257) + "=1",
      "k=" + String(repeating: "v", count: 257),
      (0..<33).map { "k\($0)=1" }.joined(separator: ","),
    ]
  )
  func refuses(header: String) {
    #expect(TraceState(headers: [header]) == nil)
  }

  @Test("the longest that is allowed is kept")
  func limits() throws {
    let members = (0..<32).map { "k\($0)=1" }.joined(separator: ",")
    #expect(try #require(TraceState(headers: [members])).members.count == 32)
    let long = String(repeating: "k", count: 256) + "=" + String(repeating: "v", count: 256)
    #expect(try #require(TraceState(headers: [long])).header == long)
  }
}
