import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Clients' limits", .timeLimit(.minutes(1)))
struct LimitTests {
  @Test("a request rate, over all connections of a client")
  func rate() async throws {
    var settings = try GatewaySettings.test("test=127.0.0.1:1")
    settings.limits.requestsPerSecond = 0.001
    settings.limits.requestBurst = 5
    try await withGateway(settings) { gateway in
      let clients = [try await gateway.client(), try await gateway.client()]
      var statuses: [String?] = []
      for call in 0..<6 { statuses.append(try await clients[call % 2].call("/other/Echo").status) }
      #expect(statuses == ["12", "12", "12", "12", "12", "8"])
      let answer = try await clients[0].call("/other/Echo")
      #expect(answer.reason == "RATE_LIMITED")
      #expect(answer.retryDelay == .seconds(1_000))
    }
  }

  @Test("a number of connections")
  func connections() async throws {
    var settings = try GatewaySettings.test("test=127.0.0.1:1")
    settings.limits.connectionsPerClient = 2
    try await withGateway(settings) { gateway in
      let first = try await gateway.client()
      let second = try await gateway.client()
      #expect(try await first.call("/other/Echo").status == "12")
      #expect(try await second.call("/other/Echo").status == "12")
      let third = try await gateway.client()
      try await third.when { $0.isClosed }
      try await first.close()
      // The place is given back once the gateway has noticed.
      while gateway.core.limiter.connections > 1 { await Task.yield() }
      let answer = try await gateway.client().call("/other/Echo")
      #expect(answer.status == "12")
    }
  }

  @Test("a number of calls at a time on a connection")
  func streams() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.downstream.http2.maxConcurrentStreams = 2
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        #expect(try await client.call("/test.Service/Echo").status == "0")
        _ = await upstream.nextCall()
        let first = try await client.start("/test.Service/Hold")
        _ = await upstream.nextCall()
        _ = try await client.start("/test.Service/Hold")
        _ = await upstream.nextCall()
        let third = try await client.start("/test.Service/Echo", endStream: true)
        // The third is the client's to hold back until one of the others ends.
        #expect(upstream.calls.count == 3)
        try await client.reset(first)
        #expect(try await client.end(of: third).status == "0")
      }
    }
  }

  @Test("a number of calls at a time of a client, over all its connections")
  func calls() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.limits.callsPerClient = 2
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let clients = [try await gateway.client(), try await gateway.client()]
        let first = try await clients[0].start("/test.Service/Hold")
        _ = await upstream.nextCall()
        _ = try await clients[1].start("/test.Service/Hold")
        _ = await upstream.nextCall()
        let refused = try await clients[0].call("/test.Service/Echo")
        #expect(refused.status == "8")
        try await clients[0].reset(first)
        var status = "8"
        // The place is free once the gateway has read of the reset.
        while status == "8" { status = try await clients[1].call("/test.Service/Echo").status ?? "" }
        #expect(status == "0")
      }
    }
  }

  @Test("content that clients do not take: the one with most of it goes")
  func unread() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.limits.unreadBytes = 1024 * 1024
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let (greedy, modest) = (try await gateway.client(), try await gateway.client())
        for client in [greedy, modest] { try await client.read(false) }
        let one = try await modest.start("/test.Service/Flood", endStream: true)
        // It may be cut off before the last.
        for _ in 0..<8 { _ = try? await greedy.start("/test.Service/Flood", endStream: true) }
        try await greedy.when { $0.isClosed }
        try await modest.read(true)
        #expect(try await modest.end(of: one).status == "0")
      }
    }
  }

  @Test("clients that do not read do not stop those that do")
  func isolation() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      let settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let (idle, busy) = (try await gateway.client(), try await gateway.client())
        try await idle.read(false)
        // Enough to use up the window of a connection to an instance, 4 MiB.
        for _ in 0..<40 { _ = try await idle.start("/test.Service/Flood", endStream: true) }
        for _ in 0..<40 { _ = await upstream.nextCall() }
        for _ in 0..<20 {
          #expect(try await busy.call("/test.Service/Echo", message: [0, 0, 0, 0, 1, 7]).status == "0")
        }
      }
    }
  }

  @Test("a message that does not come to its end")
  func slowMessage() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.downstream.timeouts.stall = .milliseconds(200)
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let waiting = try await client.start("/test.Service/Echo")
        let slow = try await client.start("/test.Service/Echo")
        try await client.send([0, 0, 0, 0, 1, 7], on: waiting)
        try await client.send([0, 0, 0, 0, 9, 7], on: slow)
        let end = try await client.when { $0.streams[slow]?.closed != nil }
        #expect(end.streams[slow]?.closed == .resetByPeer(.enhanceYourCalm))
        // Between messages a stream may take its time.
        #expect(end.streams[waiting]?.closed == nil)
      }
    }
  }
}
