import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Forwarding", .timeLimit(.minutes(1)))
struct ForwardingTests {
  @Test("carries a call and its answer, with the fields that belong to them")
  func unary() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let answer = try await client.call("/test.Service/Echo", [("x-own", "1")], message: [0, 0, 0, 0, 1, 9])
        #expect(answer.bytes == [0, 0, 0, 0, 1, 9])
        #expect(answer.status == "0")
        #expect(answer.head?["x-answer"] == "yes")
        #expect(answer.trailers?["x-trailer"] == "yes")
        let head = try #require(upstream.calls.first)
        #expect(head["x-own"] == "1")
        #expect(head["te"] == "trailers")
        #expect(head[":path"] == "/test.Service/Echo")
        #expect(head["x-request-id"]?.count == 32)
        #expect(head["traceparent"]?.count == 55)
      }
    }
  }

  @Test("drops what a client may not say of itself")
  func claims() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        _ = try await client.call(
          "/test.Service/Echo",
          [
            ("vigil-peer-uri", "spiffe://vigil.local/service/cases"), ("x-forwarded-client-cert", "x"),
            ("forwarded", "x"),
          ])
        let head = try #require(upstream.calls.first)
        #expect(["vigil-peer-uri", "x-forwarded-client-cert", "forwarded"].allSatisfy { !head.names.contains($0) })
      }
    }
  }

  @Test("streams both ways as content comes")
  func bidirectional() async throws {
    try await withUpstreams(TestUpstream()) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let stream = try await client.start("/test.Service/Echo")
        for round in 1...20 {
          try await client.send([0, 0, 0, 0, 1, UInt8(round)], on: stream)
          // The answer to each message comes before the next is sent.
          let state = try await client.when { $0.streams[stream]?.count == round * 6 }
          #expect(state.streams[stream]?.bytes.last == UInt8(round))
        }
        try await client.send([], on: stream, endStream: true)
        #expect(try await client.end(of: stream).status == "0")
      }
    }
  }

  @Test("gives many calls on many connections their own answers")
  func concurrent() async throws {
    try await withUpstreams(TestUpstream(), TestUpstream()) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")
      settings.eventLoops = 2
      try await withGateway(settings) { gateway in
        await gateway.available(2)
        try await withThrowingTaskGroup { group in
          for number in 0..<8 {
            group.addTask {
              let client = try await gateway.client()
              for call in 0..<50 {
                let message: [UInt8] = [0, 0, 0, 0, 2, UInt8(number), UInt8(call)]
                let answer = try await client.call("/test.Service/Echo", message: message)
                #expect(answer.bytes == message)
              }
            }
          }
          try await group.waitForAll()
        }
      }
    }
  }

  @Test("passes the client's cancellation on")
  func cancellation() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let stream = try await client.start("/test.Service/Hold")
        _ = await upstream.nextCall()
        try await client.reset(stream)
        _ = try await upstream.when { $0.streams.values.contains { $0.closed == .resetByPeer(.cancel) } }
      }
    }
  }

  @Test("passes the end of a client's connection on")
  func disconnection() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        _ = try await client.start("/test.Service/Hold")
        _ = await upstream.nextCall()
        try await client.close()
        _ = try await upstream.when { $0.streams.values.contains { $0.closed == .resetByPeer(.cancel) } }
      }
    }
  }

  @Test("lets a service answer before the request has ended")
  func earlyAnswer() async throws {
    try await withUpstreams(TestUpstream()) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let stream = try await client.start("/test.Service/Early")
        #expect(try await client.end(of: stream).status == "0")
        // What is still sent is let go and credited.
        try await client.send(Array(repeating: 1, count: 1 << 20), on: stream, endStream: true)
        _ = try await client.when { $0.streams[stream]?.closed != nil }
        #expect(try await client.call("/test.Service/Echo").status == "0")
      }
    }
  }

  @Test("opens further connections when the instance's limit on streams is reached")
  func streamLimit() async throws {
    var script = TestUpstream.Script()
    script.maxConcurrentStreams = 2
    let upstream = TestUpstream(script)
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        for _ in 0..<6 {
          _ = try await client.start("/test.Service/Hold")
          _ = await upstream.nextCall()
        }
        // Three for the calls, and perhaps one for a probe that came while they were full.
        #expect((3...4).contains(upstream.connectionCount))
      }
    }
  }
}

extension HeaderBlock {
  var names: [String] { indices.map { name(at: $0) } }

  func value(of name: String) -> String? {
    indices.first { self.name(at: $0) == name }.map { value(at: $0) }
  }
}
