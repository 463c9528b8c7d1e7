import GRPCCore
import Telemetry
import Testing

@testable import RPC

@Suite("Telemetry of calls")
struct TelemetryInterceptorTests {
  private let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test("the caller's request id is kept and given back", arguments: [false, true])
  func requestID(streaming: Bool) async throws {
    try await Harness().overHTTP2 { probe, _ in
      let (text, metadata) = try await probe.call(
        "request id",
        streaming: streaming,
        metadata: ["x-request-id": "client-7"]
      )
      #expect(text == "client-7")
      #expect(Array(metadata[stringValues: "x-request-id"]) == ["client-7"])
    }
  }

  @Test("a request id that could do harm is replaced")
  func badRequestID() async throws {
    try await Harness().overHTTP2 { probe, _ in
      let text = try await probe.ask("request id", metadata: ["x-request-id": "a b\"c"])
      #expect(CallID(received: text) != nil)
    }
  }

  @Test("an error carries the request id too")
  func errorRequestID() async throws {
    try await Harness().overHTTP2 { probe, _ in
      let error = await #expect(throws: RPCError.self) {
        try await probe.ask("fail for the caller", metadata: ["x-request-id": "client-8"])
      }
      #expect(error.map { Array($0.metadata[stringValues: "x-request-id"]) } == ["client-8"])
    }
  }

  @Test("a trace goes on, with a span of the server's own", arguments: [false, true])
  func trace(streaming: Bool) async throws {
    try await Harness().overHTTP2 { probe, _ in
      let metadata: Metadata = ["traceparent": .string(traceparent)]
      let trace = try await probe.ask("trace", streaming: streaming, metadata: metadata)
      let span = try await probe.ask("span", streaming: streaming, metadata: metadata)
      #expect(trace == "4bf92f3577b34da6a3ce929d0e0e4736")
      #expect(SpanID(hexadecimal: span) != nil)
      #expect(span != "00f067aa0ba902b7")
    }
  }

  @Test("request id, trace and the wish to sample reach the server behind the server")
  func handedOn() async throws {
    try await Harness().overHTTP2 { inner, _ in
      var outer = Harness()
      outer.relay = { question in try await inner.ask(question) }
      try await outer.overHTTP2 { probe, _ in
        let metadata: Metadata = ["x-request-id": "far-1"]
        #expect(try await probe.ask("relay request id", metadata: metadata) == "far-1")
        let own = try await probe.ask("trace")
        let relayed = try await probe.ask("relay trace")
        #expect(TraceID(hexadecimal: own) != nil)
        #expect(TraceID(hexadecimal: relayed) != nil)
        #expect(own != relayed)
      }
    }
  }

  @Test("calls are counted by method and code, on both sides")
  func metrics() async throws {
    let harness = Harness()
    try await harness.overHTTP2 { probe, _ in
      _ = try await probe.ask("x")
      _ = try await probe.ask("x", streaming: true)
      _ = try? await probe.ask("fail for the caller")
      _ = try? await probe.ask("fail unexpectedly", streaming: true)
    }
    let text = harness.metrics.exposition()
    let probe = #"grpc_service="vigil.test.v1.Probe",grpc_method="#
    for side in ["server", "client"] {
      #expect(text.contains("grpc_\(side)_started_total{\(probe)\"Ask\"} 2"))
      #expect(text.contains("grpc_\(side)_handled_total{\(probe)\"Ask\",grpc_code=\"OK\"} 1"))
      #expect(text.contains("grpc_\(side)_handled_total{\(probe)\"Ask\",grpc_code=\"NOT_FOUND\"} 1"))
      #expect(text.contains("grpc_\(side)_handled_total{\(probe)\"Stream\",grpc_code=\"OK\"} 1"))
      #expect(text.contains("grpc_\(side)_handled_total{\(probe)\"Stream\",grpc_code=\"INTERNAL\"} 1"))
      #expect(text.contains("grpc_\(side)_handling_seconds_count{\(probe)\"Ask\"} 2"))
    }
  }

  @Test("each call is one line, without what was said in it")
  func log() async throws {
    let harness = Harness()
    try await harness.overHTTP2 { probe, _ in
      _ = try await probe.ask("a secret", metadata: ["x-request-id": "r1", "x-token": "another secret"])
      _ = try? await probe.ask("fail for the caller", metadata: ["x-request-id": "r2"])
    }
    let calls = harness.log.lines.filter { $0.contains(#""message":"call""#) }
    #expect(calls.count == 2)
    #expect(calls[0].contains(#""level":"debug""#))
    #expect(calls[0].contains(#""code":"OK""#))
    #expect(calls[0].contains(#""method":"vigil.test.v1.Probe/Ask""#))
    #expect(calls[0].contains(#""request_id":"r1""#))
    #expect(calls[1].contains(#""level":"info""#))
    #expect(calls[1].contains(#""code":"NOT_FOUND""#))
    #expect(!harness.log.lines.contains { $0.contains("secret") })
  }
}
