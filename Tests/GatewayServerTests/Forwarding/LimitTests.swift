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
}
