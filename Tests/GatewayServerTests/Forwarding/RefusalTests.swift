import GRPCProtobuf
import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Calls that the gateway itself ends", .timeLimit(.minutes(1)))
struct RefusalTests {
  @Test("no route", arguments: ["/other.Service/Echo", "/tester.Service/Echo", "/test", "/", "/a//b"])
  func noRoute(path: String) async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let answer = try await gateway.client().call(path)
      #expect(answer.status == "12")
      #expect(answer.reason == "SERVICE_UNKNOWN")
      #expect(answer.errorInfo?.domain == "vigil.un.org")
      #expect(answer.head?["x-request-id"]?.count == 32)
      #expect(answer.trailers == nil)
    }
  }

  @Test("no healthy instance")
  func noInstance() async throws {
    try await withUpstreams(TestUpstream(.init(isServing: false))) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        let answer = try await gateway.client().call("/test.Service/Echo")
        #expect(answer.status == "14")
        #expect(answer.reason == "NO_HEALTHY_INSTANCE")
        #expect(answer.errorInfo?.metadata == ["service": "test"])
      }
    }
  }

  // The flood has longer: its answer must have come as far as the client's window before the deadline.
  @Test(
    "a deadline that passes, whether or not the answer has begun",
    arguments: [("Hold", "300m"), ("Flood", "3S")]
  )
  func deadline(method: String, timeout: String) async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        try await client.read(false)
        let stream = try await client.start("/test.Service/\(method)", [("grpc-timeout", timeout)], endStream: true)
        if method == "Flood" {
          _ = try await client.when { $0.streams[stream]?.count == 256 * 1024 }
          _ = try await upstream.when { Self.isCancelled(method, in: $0) }
          try await client.read(true)
        }
        let answer = try await client.end(of: stream)
        #expect(answer.status == "4")
        #expect(answer.reason == "DEADLINE_PASSED")
        _ = try await upstream.when { Self.isCancelled(method, in: $0) }
        #expect(upstream.calls.first?["grpc-timeout"] == timeout)
      }
    }
  }

  /// The call, and not a probe that took too long on a busy machine.
  private static func isCancelled(_ method: String, in state: Peer.State) -> Bool {
    state.streams.values.contains {
      $0.head?[":path"] == "/test.Service/\(method)" && $0.closed == .resetByPeer(.cancel)
    }
  }

  @Test("the configured deadline holds where the client names none, and the service is told")
  func standardDeadline() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.callTimeouts.standard = .milliseconds(300)
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let answer = try await gateway.client().call("/test.Service/Hold")
        #expect(answer.reason == "DEADLINE_PASSED")
        #expect(upstream.calls.first?["grpc-timeout"] == "300000u")
      }
    }
  }

  @Test(
    "what is not gRPC",
    arguments: [
      ("POST", "application/json", [], "415"), ("POST", "application/grpcx", [], "415"),
      ("POST", "text/html", [], "415"),
      ("GET", "application/grpc", [], "405"), ("PUT", "application/grpc", [], "405"),
      ("POST", "application/grpc", [("grpc-timeout", "soon")], "200"),
    ] as [(String, String, [(String, String)], String)])
  func notGRPC(method: String, contentType: String, fields: [(String, String)], status: String) async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let client = try await gateway.client()
      let stream = try await client.start(
        "/test.Service/Echo", fields, contentType: contentType, method: method, endStream: true)
      let answer = try await client.end(of: stream)
      #expect(answer.head?[":status"] == status)
      #expect(answer.status == "3")
      #expect(answer.reason == "MESSAGE_MALFORMED")
    }
  }

  @Test("metadata beyond the limit")
  func headersTooLarge() async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let client = try await gateway.client()
      let answer = try await client.call("/test.Service/Echo", [("x-large", String(repeating: "x", count: 20_000))])
      #expect(answer.status == "8")
      #expect(answer.reason == "MESSAGE_TOO_LARGE")
      // The connection goes on.
      #expect(try await client.call("/other/Echo").status == "12")
    }
  }
}
