import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Shutting down", .timeLimit(.minutes(1)))
struct DrainTests {
  @Test("lets calls in progress end, takes no new ones, and then ends")
  func drain() async throws {
    try await withUpstreams(TestUpstream()) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.shutdownGrace = nil
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let idle = try await gateway.client()
        let stream = try await client.start("/test.Service/Echo")
        try await client.send([0, 0, 0, 0, 1, 1], on: stream)
        try await client.when { $0.streams[stream]?.count == 6 }
        gateway.stop()
        try await idle.when { $0.isClosed }
        try await client.when { $0.goAways > 0 }
        // The call goes on both ways.
        try await client.send([0, 0, 0, 0, 1, 2], on: stream, endStream: true)
        let answer = try await client.end(of: stream)
        #expect(answer.count == 12)
        #expect(answer.status == "0")
        try await client.when { $0.isClosed }
        await #expect(throws: (any Error).self) { try await gateway.client() }
      }
    }
  }

  @Test("cuts calls that take longer than the grace")
  func grace() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.shutdownGrace = .milliseconds(100)
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        _ = try await client.start("/test.Service/Hold")
        _ = await upstream.nextCall()
        gateway.stop()
        try await client.when { $0.isClosed }
      }
    }
  }
}
