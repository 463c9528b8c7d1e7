import GRPCCore
import NIOCore
import Testing

@testable import GRPCTransport
@testable import HTTP2

@Suite("Server: requests that are not gRPC as it should be", .timeLimit(.minutes(1)))
struct RequestRejectionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var changes: [String: String?]
    var http = "200"
    var grpc: Status.Code?
  }

  static let cases: [Case] = [
    Case(testDescription: "GET", changes: [":method": "GET"], http: "405"),
    Case(testDescription: "JSON", changes: ["content-type": "application/json"], http: "415"),
    Case(testDescription: "no content type", changes: ["content-type": nil], http: "415"),
    Case(testDescription: "gRPC-Web", changes: ["content-type": "application/grpc-web"], http: "415"),
    Case(testDescription: "no te", changes: ["te": nil], grpc: .invalidArgument),
    Case(testDescription: "path of one part", changes: [":path": "/echo"], grpc: .unimplemented),
    Case(testDescription: "path of three parts", changes: [":path": "/a/b/c"], grpc: .unimplemented),
    Case(testDescription: "path without method", changes: [":path": "/a/"], grpc: .unimplemented),
    Case(testDescription: "unknown encoding", changes: ["grpc-encoding": "zstd"], grpc: .unimplemented),
    Case(testDescription: "malformed timeout", changes: ["grpc-timeout": "soon"], grpc: .invalidArgument),
    Case(testDescription: "no time left", changes: ["grpc-timeout": "0n"], grpc: .deadlineExceeded),
    Case(testDescription: "bad Base64", changes: ["x-bin": "***"], grpc: .internalError),
    Case(
      testDescription: "large headers", changes: ["x": String(repeating: "x", count: 20_000)], grpc: .resourceExhausted),
  ]

  @Test("each is answered in its terms without reaching a handler", arguments: Self.cases)
  func rejection(_ rejected: Case) async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let response = try await client.call(.call(.echo, rejected.changes), content: framed([1]))
      #expect(response.httpStatus == rejected.http)
      #expect(response.grpcStatus == rejected.grpc.map { String($0.rawValue) })
      #expect(response.trailers == nil)
      #expect(server.callCount == 0)
      #expect(server.transport.counters.snapshot().requestsRejected == 1)
      // The connection is none the worse for it.
      let next = try await client.call(.call(), content: framed([1, 2]))
      #expect(next.grpcStatus == "0")
    }
  }

  @Test("a client that names an unknown encoding is told the known ones")
  func acceptedEncodings() async throws {
    let server = EchoServer()
    try await withServers(server) {
      let client = try await RawClient.connect(to: server)
      let response = try await client.call(.call(.echo, ["grpc-encoding": "zstd"]), content: framed([1]))
      #expect(response.headers?["grpc-accept-encoding"] == "identity,deflate,gzip")
    }
  }

  @Test(
    "what is served",
    arguments: [
      ["content-type": "application/grpc+proto"], ["content-type": "Application/GRPC;x=y"],
      ["te": "gzip, trailers"], ["te": "trailers"], ["grpc-timeout": "99999999H"], ["grpc-encoding": "identity"],
    ])
  func accepted(_ changes: [String: String?]) throws {
    // Not over the wire: the engine itself refuses some of these forms of `te`.
    let head = try RequestHead(.call(.echo, changes))
    #expect(String(decoding: head.path, as: UTF8.self) == "/vigil.test.Echo/echo")
  }
}
