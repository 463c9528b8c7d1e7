import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Instances come and go", .timeLimit(.minutes(1)))
struct InstanceTests {
  @Test("one that breaks its calls is ejected and returns")
  func ejection() async throws {
    let bad = TestUpstream(.init(always: .drop))
    let good = TestUpstream()
    try await withUpstreams(bad, good) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")
      settings.health.callFailures = 3
      settings.health.ejection = .milliseconds(200)
      try await withGateway(settings) { gateway in
        await gateway.available(2)
        let client = try await gateway.client()
        var failed = 0
        while gateway.core.fleet.availableCount(of: 0) == 2 {
          if try await client.call("/test.Service/Echo").status != "0" { failed += 1 }
        }
        // Probes go down with the connection too, and may be the last of the failures.
        #expect(failed >= 1)
        bad.update { $0.always = nil }
        await gateway.available(2)
        let before = bad.calls.count
        while bad.calls.count == before { #expect(try await client.call("/test.Service/Echo").status == "0") }
      }
    }
  }

  @Test("one whose health fails gets no calls until it is well")
  func health() async throws {
    let first = TestUpstream()
    let second = TestUpstream()
    try await withUpstreams(first, second) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")) { gateway in
        await gateway.available(2)
        first.update { $0.isServing = false }
        await gateway.available(1)
        let client = try await gateway.client()
        for _ in 0..<10 { #expect(try await client.call("/test.Service/Echo").status == "0") }
        #expect(first.calls.count == 0)
        #expect(second.calls.count == 10)
        first.update { $0.isServing = true }
        await gateway.available(2)
        for _ in 0..<10 { #expect(try await client.call("/test.Service/Echo").status == "0") }
        #expect(first.calls.count > 0)
      }
    }
  }

  @Test("one that was not well gets a new connection: the old one may be dead")
  func reconnection() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let before = upstream.connectionCount
        upstream.update { $0.isServing = false }
        await gateway.available(0)
        upstream.update { $0.isServing = true }
        await gateway.available(1)
        #expect(upstream.connectionCount > before)
        let client = try await gateway.client()
        #expect(try await client.call("/test.Service/Echo").status == "0")
      }
    }
  }

  @Test("one without a health service is well as long as it answers")
  func noHealthService() async throws {
    try await withUpstreams(TestUpstream(.init(hasHealth: false))) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let answer = try await gateway.client().call("/test.Service/Echo")
        #expect(answer.status == "0")
      }
    }
  }

  @Test("one that is started again is found again")
  func restart() async throws {
    let upstream = TestUpstream()
    let port = try await upstream.start()
    try await withGateway(.test("test=127.0.0.1:\(port)")) { gateway in
      await gateway.available(1)
      let client = try await gateway.client()
      #expect(try await client.call("/test.Service/Echo").status == "0")
      try await upstream.stop()
      await gateway.available(0)
      #expect(try await client.call("/test.Service/Echo").reason == "NO_HEALTHY_INSTANCE")
      _ = try await upstream.start(port: port)
      await gateway.available(1)
      #expect(try await client.call("/test.Service/Echo").status == "0")
    }
    try await upstream.stop()
  }

  @Test("the least busy one is chosen")
  func balance() async throws {
    let first = TestUpstream()
    let second = TestUpstream()
    try await withUpstreams(first, second) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")) { gateway in
        await gateway.available(2)
        let client = try await gateway.client()
        for _ in 0..<10 { _ = try await client.start("/test.Service/Hold", endStream: true) }
        #expect(try await client.call("/test.Service/Echo").status == "0")
        // The answer can overtake calls that the other instance has not got yet.
        while first.calls.count + second.calls.count < 11 { await Task.yield() }
        #expect(abs(first.calls.count - second.calls.count) <= 1)
      }
    }
  }

  @Test("those behind a name are found, and leave with it")
  func names() async throws {
    try await withUpstreams(TestUpstream()) { ports in
      // localhost may stand for ::1 as well, where nobody listens: that one is never available.
      try await withGateway(.test("test=dns:localhost:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        for _ in 0..<4 { #expect(try await client.call("/test.Service/Echo").status == "0") }
        gateway.core.fleet.setInstances([], of: 0)
        #expect(gateway.core.fleet.availableCount(of: 0) == 0)
      }
    }
  }
}
