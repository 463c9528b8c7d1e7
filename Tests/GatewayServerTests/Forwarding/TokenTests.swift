import HTTP2
import Policy
import TestSupport
import Testing
import Tokens

@testable import GatewayServer

@Suite("Calls with a token", .timeLimit(.minutes(1)))
struct TokenTests {
  static let now: Int64 = 1_700_000_000
  static let time = PolicyTime(microseconds: now * 1_000_000)
  let tokens: TestTokens
  let verifier = TokenVerifier(clock: { Self.time })

  init() throws { tokens = try TestTokens() }

  private func good() -> String { "Bearer " + tokens.token(TestTokens.claims(at: Self.now)) }

  private func withGateway(_ body: @Sendable @escaping (TestGateway, TestUpstream) async throws -> Void) async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.tokens = verifier
      try await GatewayServerTests.withGateway(settings) { gateway in
        await gateway.available(1)
        try await body(gateway, upstream)
      }
    }
  }

  @Test("that is good go on with it, for the service to look at again, and with nobody's name")
  func forwarded() async throws {
    verifier.take(tokens.trust(at: Self.time))
    let shown = good()
    try await withGateway { gateway, upstream in
      let claims = [
        ("vigil-peer-uri", "spiffe://vigil.local/service/access"), ("vigil-peer-principal", "principals/x"),
        ("x-forwarded-user", "x"),
      ]
      let answer = try await gateway.client().call("/test.Service/Echo", [("authorization", shown)] + claims)
      #expect(answer.status == "0")
      #expect(upstream.calls.first?.values(of: "authorization") == [shown])
      let names = try #require(upstream.calls.first).names
      for (name, _) in claims { #expect(!names.contains(name)) }
    }
  }

  @Test("that is not good end here, and say one thing")
  func refused() async throws {
    verifier.take(tokens.trust(at: Self.time))
    let (shown, forged) = (good(), try TestTokens().token(TestTokens.claims(at: Self.now)))
    let expired = tokens.token(TestTokens.claims(at: Self.now - 300))
    let bad: [[String]] = [
      ["Bearer \(forged)"], ["Bearer \(expired)"], ["Bearer x"], ["Basic eDp5"], [""], [shown, shown], [shown, ""],
    ]
    try await withGateway { gateway, upstream in
      let client = try await gateway.client()
      for values in bad {
        let answer = try await client.call("/test.Service/Echo", values.map { ("authorization", $0) })
        #expect(answer.status == "16" && answer.reason == "CREDENTIALS_REFUSED", "\(values)")
      }
      // Nor is one let through that hides behind as many fields as a request may have.
      let many = (0..<70).map { ("x-field-\($0)", "y") }
      let hidden = try await client.call("/test.Service/Echo", many + [("authorization", "Bearer x")])
      #expect(hidden.status == "16")
      #expect(upstream.calls.isEmpty)
    }
  }

  @Test("of a session that ends are refused from then on, on an open connection too")
  func ended() async throws {
    verifier.take(tokens.trust(at: Self.time))
    let shown = good()
    try await withGateway { [verifier, tokens] gateway, _ in
      let client = try await gateway.client()
      #expect(try await client.call("/test.Service/Echo", [("authorization", shown)]).status == "0")
      verifier.take(tokens.trust([EndedSession(id: TestTokens.session, until: .distantFuture)], at: Self.time))
      #expect(try await client.call("/test.Service/Echo", [("authorization", shown)]).status == "16")
      #expect(try await client.call("/test.Service/Echo").status == "0")
    }
  }

  @Test("cannot be checked before the keys are known, and others do not wait for that")
  func unknown() async throws {
    let shown = good()
    try await withGateway { gateway, _ in
      let client = try await gateway.client()
      let answer = try await client.call("/test.Service/Echo", [("authorization", shown)])
      #expect(answer.status == "14" && answer.reason == "POLICY_UNAVAILABLE")
      #expect(try await client.call("/test.Service/Echo").status == "0")
    }
  }
}
