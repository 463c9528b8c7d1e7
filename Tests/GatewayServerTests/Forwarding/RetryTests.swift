import HTTP2
import NIOCore
import Testing

@testable import GatewayServer

@Suite("Trying again", .timeLimit(.minutes(1)))
struct RetryTests {
  @Test("what was refused goes to another instance")
  func refused() async throws {
    let bad = TestUpstream(.init(always: .refuse))
    try await withUpstreams(bad, TestUpstream()) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")) { gateway in
        await gateway.available(2)
        let client = try await gateway.client()
        for _ in 0..<20 {
          let answer = try await client.call("/test.Service/Echo", message: [0, 0, 0, 0, 1, 5])
          #expect(answer.status == "0")
          #expect(answer.bytes == [0, 0, 0, 0, 1, 5])
        }
        #expect(bad.calls.count > 0)
      }
    }
  }

  @Test("what a GOAWAY says was not processed goes to another instance")
  func goneAway() async throws {
    let leaving = LeavingUpstream()
    let port = try await leaving.start()
    try await withUpstreams(TestUpstream()) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(port) 127.0.0.1:\(ports[0])")
      settings.health.probes = false
      try await withGateway(settings) { gateway in
        let client = try await gateway.client()
        for _ in 0..<20 { #expect(try await client.call("/test.Service/Echo").status == "0") }
      }
    }
    #expect(leaving.calls > 0)
    try await leaving.stop()
  }

  @Test("an instance that cannot be reached costs no call")
  func unreachable() async throws {
    let gone = TestUpstream()
    let port = try await gone.start()
    try await gone.stop()
    try await withUpstreams(TestUpstream()) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(port) 127.0.0.1:\(ports[0])")
      settings.health.probes = false
      try await withGateway(settings) { gateway in
        let client = try await gateway.client()
        for _ in 0..<20 { #expect(try await client.call("/test.Service/Echo").status == "0") }
      }
    }
  }

  @Test("an instance that is back takes calls as soon as the other one goes")
  func returned() async throws {
    let (first, second) = (TestUpstream(), TestUpstream())
    let ports = [try await first.start(), try await second.start()]
    var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0]) 127.0.0.1:\(ports[1])")
    settings.health.probes = false
    settings.health.callFailures = 1_000
    try await withGateway(settings) { gateway in
      let client = try await gateway.client()
      try await first.stop()
      for _ in 0..<10 { #expect(try await client.call("/test.Service/Echo").status == "0") }
      _ = try await first.start(port: ports[0])
      try await second.stop()
      for _ in 0..<10 { #expect(try await client.call("/test.Service/Echo").status == "0") }
    }
    try await first.stop()
  }

  @Test("a request beyond the limit is not kept, and then not tried again")
  func tooLarge() async throws {
    let bad = TestUpstream(.init(always: .hold))
    try await withUpstreams(bad) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.replayLimit = 1_000
      try await withGateway(settings) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let stream = try await client.start("/test.Service/Hold")
        try await client.send(Array(repeating: 0, count: 1_001), on: stream)
        _ = try await bad.when { $0.streams.values.contains { $0.count == 1_001 } }
        try await bad.stop()
        let answer = try await client.end(of: stream)
        #expect(answer.status == "14")
        #expect(answer.reason == "INSTANCE_LOST")
      }
    }
  }

  @Test(
    "what may have been processed is not tried again",
    arguments: [
      (TestUpstream.Method.drop, "14", "INSTANCE_LOST"), (.fail, "13", "INTERNAL_FAULT"),
    ])
  func maybeProcessed(behaviour: TestUpstream.Method, status: String, reason: String) async throws {
    let bad = TestUpstream(.init(always: behaviour))
    try await withUpstreams(bad) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let answer = try await client.call("/test.Service/Echo")
        #expect(answer.status == status)
        #expect(answer.reason == reason)
        #expect(bad.calls.count == 1)
      }
    }
  }

  @Test("there is an end to it")
  func limit() async throws {
    let bad = TestUpstream(.init(always: .refuse))
    try await withUpstreams(bad) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        let answer = try await client.call("/test.Service/Echo")
        #expect(answer.reason == "NO_HEALTHY_INSTANCE")
        #expect(bad.calls.count == 3)
      }
    }
  }
}
