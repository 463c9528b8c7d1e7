import GRPCCore
import Testing

@testable import RPC

@Suite("Deadlines and cancellation")
struct DeadlineTests {
  enum Carrier: CaseIterable {
    case http2, inProcess
  }

  /// Both transports: ours cancels the task of a call itself, gRPC's own leaves that to the interceptor.
  private func withProbe<Result: Sendable>(
    _ carrier: Carrier,
    _ harness: Harness = Harness(),
    _ body: @Sendable (any Asking) async throws -> Result
  ) async throws -> Result {
    switch carrier {
    case .http2: try await harness.overHTTP2 { probe, _ in try await body(probe) }
    case .inProcess: try await harness.inProcess { probe in try await body(probe) }
    }
  }

  @Test("a method knows its deadline", arguments: Carrier.allCases, [false, true])
  func known(carrier: Carrier, streaming: Bool) async throws {
    try await withProbe(carrier) { probe in
      #expect(try await probe.ask("deadline", streaming: streaming, metadata: [:], timeout: nil) == "none")
      let answer = try await probe.ask("remaining", streaming: streaming, metadata: [:], timeout: .seconds(300))
      let remaining = try #require(Double(answer))
      #expect(remaining > 0 && remaining <= 300_000)
    }
  }

  @Test(
    "a method is cancelled when its deadline passes",
    .timeLimit(.minutes(1)),
    arguments: Carrier.allCases, [false, true]
  )
  func passes(carrier: Carrier, streaming: Bool) async throws {
    let harness = Harness()
    try await withProbe(carrier, harness) { probe in
      // Connected before, so that the call is at the server long before its deadline.
      _ = try await probe.ask("anything", streaming: streaming, metadata: [:], timeout: nil)
      let error = await #expect(throws: RPCError.self) {
        try await probe.ask("wait", streaming: streaming, metadata: [:], timeout: .seconds(1))
      }
      #expect(error?.code == .deadlineExceeded)
    }
    var events = harness.events.makeAsyncIterator()
    #expect(await events.next() == "waiting")
    #expect(await events.next() == "cancelled")
  }

  // Between the ends of a process nobody can go unnoticed, so this is for our transport alone.
  @Test("a method is cancelled when its caller goes", .timeLimit(.minutes(1)), arguments: [false, true])
  func cancelled(streaming: Bool) async throws {
    let harness = Harness()
    try await harness.overHTTP2 { probe, _ in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { _ = try? await probe.ask("wait", streaming: streaming) }
        var events = harness.events.makeAsyncIterator()
        #expect(await events.next() == "waiting")
        group.cancelAll()
        #expect(await events.next() == "cancelled")
      }
    }
  }

  @Test("calls that a method makes do not outlive its own")
  func handedOn() async throws {
    try await Harness().overHTTP2 { inner, _ in
      var outer = Harness()
      outer.relay = { question in try await inner.ask(question) }
      try await outer.overHTTP2 { probe, _ in
        #expect(try await probe.ask("relay deadline") == "none")
        let answer = try await probe.ask("relay remaining", timeout: .seconds(100))
        let remaining = try #require(Double(answer))
        #expect(remaining > 0 && remaining <= 100_000)
      }
    }
  }

  @Test("a call is not even made once the deadline has passed")
  func tooLate() async throws {
    try await Harness().overHTTP2 { probe, _ in
      await RPCDeadline.$current.withValue(.now - .seconds(1)) {
        let error = await #expect(throws: RPCError.self) { try await probe.ask("anything") }
        #expect(error?.code == .deadlineExceeded)
      }
    }
  }
}

/// A probe over any transport.
protocol Asking: Sendable {
  func ask(_ question: String, streaming: Bool, metadata: Metadata, timeout: Duration?) async throws -> String
}

extension Probe: Asking {}
