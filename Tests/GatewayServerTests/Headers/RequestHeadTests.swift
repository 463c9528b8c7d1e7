import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("The head of a request")
struct RequestHeadTests {
  static let plain = [
    (":method", "POST"), (":scheme", "http"), (":path", "/a.B/C"), (":authority", "host"),
    ("content-type", "application/grpc"), ("te", "trailers"),
  ]

  static func block(_ fields: [(String, String)]) -> HeaderBlock {
    var block = HeaderBlock()
    for (name, value) in fields { block.append(name: name, value: value) }
    return block
  }

  static func head(
    _ fields: [(String, String)], peer: String? = nil, timeouts: CallTimeouts = CallTimeouts()
  ) throws -> RequestHead {
    var identifiers = CallIdentifiers()
    let origin = RequestHead.Origin(
      scheme: "https", peerURI: peer.map { Array($0.utf8) }, peerSerial: peer.map { _ in Array("1f".utf8) },
      timeouts: timeouts)
    return try RequestHead(block(fields), from: origin, identifiers: &identifiers)
  }

  @Test("has its pseudo-header fields first and the instance's scheme")
  func pseudo() throws {
    let head = try Self.head(Self.plain)
    #expect(Array(head.fields.names.prefix(4)) == [":method", ":path", ":scheme", ":authority"])
    #expect(head.fields[":scheme"] == "https")
    #expect(Array(head.path) == Array("/a.B/C".utf8))
    #expect(head.fields.names.count { $0.hasPrefix(":") } == 4)
  }

  @Test(
    "loses what is between neighbours or the gateway's to say",
    arguments: [
      "connection", "keep-alive", "upgrade", "proxy-connection", "transfer-encoding", "proxy-authorization", "host",
      "trailer", "forwarded", "x-forwarded-for", "x-forwarded-client-cert", "x-real-ip", "vigil-peer-uri",
      "vigil-peer-anything",
    ])
  func dropped(name: String) throws {
    let head = try Self.head(Self.plain + [(name, "x"), ("kept", "y")])
    #expect(!head.fields.names.contains(name))
    #expect(head.fields["kept"] == "y")
  }

  @Test(
    "keeps what is the caller's",
    arguments: [
      "user-agent", "authorization", "grpc-encoding", "grpc-accept-encoding", "tracestate", "x-other-bin",
      "x-forwarded",
      "vigil-peers", "te-x", "content-length",
    ])
  func kept(name: String) throws {
    #expect(try Self.head(Self.plain + [(name, "v")]).fields.value(of: name) == "v")
  }

  @Test(
    "gets an id and a trace where there is no good one",
    arguments: [
      ("abc-DEF_1.2", true), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
      ("", false), ("a b", false), ("a\"b", false),
    ])
  func requestID(given: String, isKept: Bool) throws {
    let head = try Self.head(Self.plain + [("x-request-id", given)])
    #expect(head.fields.values(of: "x-request-id").count == 1)
    #expect((head.fields["x-request-id"] == given) == isKept)
    #expect(Array(head.requestID) == Array((head.fields["x-request-id"] ?? "").utf8))
  }

  @Test(
    "keeps a trace context of version 00 only",
    arguments: [
      ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
      ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", true),
      ("00-00000000000000000000000000000000-b7ad6b7169203331-01", false),
      ("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false),
      ("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false),
      ("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false),
      ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", false), ("", false),
    ])
  func trace(given: String, isKept: Bool) throws {
    let values = try Self.head(Self.plain + [("traceparent", given)]).fields.values(of: "traceparent")
    #expect(values.count == 1)
    #expect((values.first == given) == isKept)
    #expect(TraceParent.isValid(Array((values.first ?? "").utf8)))
  }

  @Test("carries the verified identity, once")
  func peer() throws {
    let claims = [("vigil-peer-uri", "spiffe://evil/service/x"), ("vigil-peer-serial", "2e")]
    let head = try Self.head(Self.plain + claims, peer: "spiffe://a/client/b")
    #expect(head.fields.values(of: "vigil-peer-uri") == ["spiffe://a/client/b"])
    #expect(head.fields.values(of: "vigil-peer-serial") == ["1f"])
    #expect(try Self.head(Self.plain + claims).fields.values(of: "vigil-peer-serial") == [])
  }

  @Test(
    "the deadline goes on as given, or as granted",
    arguments: [
      ("5S", nil, nil, "5S", 5_000), (nil, nil, nil, nil, nil), (nil, 2, nil, "2000000u", 2_000),
      ("9S", nil, 3, "3000000u", 3_000), ("9S", 2, nil, "9S", 9_000), (nil, nil, 3, "3000000u", 3_000),
    ] as [(String?, Int64?, Int64?, String?, Int64?)])
  func deadline(given: String?, standard: Int64?, maximum: Int64?, sent: String?, milliseconds: Int64?) throws {
    let timeouts = CallTimeouts(standard: standard.map { .seconds($0) }, maximum: maximum.map { .seconds($0) })
    let head = try Self.head(Self.plain + (given.map { [("grpc-timeout", $0)] } ?? []), timeouts: timeouts)
    #expect(head.fields["grpc-timeout"] == sent)
    #expect(head.timeout == milliseconds.map { .milliseconds($0) })
    #expect(head.fields.values(of: "grpc-timeout").count <= 1)
  }

  @Test(
    "is refused when it is not that of a gRPC call",
    arguments: [
      ([(":method", "GET"), ("content-type", "application/grpc")], RequestHead.Problem.method),
      ([(":method", "POST"), ("content-type", "text/plain")], .contentType),
      ([(":method", "POST")], .contentType),
      ([(":method", "POST"), ("content-type", "application/grpc"), ("grpc-timeout", "1")], .timeout),
    ])
  func problems(fields: [(String, String)], problem: RequestHead.Problem) {
    #expect(throws: problem) { try Self.head(fields) }
  }

  @Test("may have many fields")
  func many() throws {
    let fields = (0..<100).map { ("x-\($0)", "v\($0)") }
    let head = try Self.head(fields + [("vigil-peer-uri", "x"), ("x-request-id", "late")] + Self.plain.reversed())
    #expect(fields.allSatisfy { head.fields.value(of: $0.0) == $0.1 })
    #expect(!head.fields.names.contains("vigil-peer-uri"))
    #expect(head.fields.values(of: "x-request-id") == ["late"])
  }
}
