import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Back-pressure", .timeLimit(.minutes(1)))
struct BackPressureTests {
  /// What a call may hold in the gateway and in the windows around it: a window on either side, and a queue.
  static let bound = 256 * 1024 + 64 * 1024 + 65_535 + 64 * 1024

  @Test("a service that stops reading stops its client, and memory stays bounded")
  func slowService() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let size = 8 * 1024 * 1024
        let stream = try await client.start("/test.Service/Ignore")
        try await client.send(Array(repeating: 1, count: size), on: stream, endStream: true)
        _ = await upstream.nextCall()
        _ = try await upstream.when { $0.streams.values.contains { $0.count == 65_535 } }
        // Other calls go on, and give whatever moves the time to move.
        for _ in 0..<50 { #expect(try await client.call("/test.Service/Echo").status == "0") }
        #expect(try await client.queued(on: stream) >= size - Self.bound)
        try await upstream.startReading()
        _ = try await upstream.when { $0.streams.values.contains { $0.count == size && $0.hasEnded } }
      }
    }
  }

  @Test("a client that stops reading stops its service, and memory stays bounded")
  func slowClient() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let other = try await gateway.client()
        try await client.read(false)
        let stream = try await client.start("/test.Service/Flood", endStream: true)
        // The test's own window is 256 KiB as well.
        _ = try await client.when { $0.streams[stream]?.count == 256 * 1024 }
        for _ in 0..<50 { #expect(try await other.call("/test.Service/Echo").status == "0") }
        #expect(try await upstream.queued() >= TestUpstream.floodSize - Self.bound - 256 * 1024)
        try await client.read(true)
        let answer = try await client.end(of: stream)
        #expect(answer.count == TestUpstream.floodSize)
        #expect(answer.status == "0")
      }
    }
  }
}
