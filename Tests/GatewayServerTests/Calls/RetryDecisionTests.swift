import HTTP2
import Testing

@testable import GatewayServer

@Suite("Trying a call again")
struct RetryDecisionTests {
  @Test(
    "is for what the instance provably did not process",
    arguments: [
      (UpstreamFailure.notConnected, RetryDecision.retry),
      (.notProcessed, .retry),
      (.connectionLost, .fail),
      (.reset(.internalError), .fail),
      (.badResponse, .fail),
    ])
  func failures(failure: UpstreamFailure, decision: RetryDecision) {
    let made = RetryDecision(after: failure, tries: 1, limit: 3, requestIsKept: true, responseStarted: false)
    #expect(made == decision)
  }

  @Test(
    "needs the request, no response yet and a try left",
    arguments: [
      (1, true, false, RetryDecision.retry),
      (2, true, false, .retry),
      (3, true, false, .fail),
      (1, false, false, .fail),
      (1, true, true, .fail),
    ])
  func conditions(tries: Int, kept: Bool, started: Bool, decision: RetryDecision) {
    let made = RetryDecision(
      after: .notProcessed, tries: tries, limit: 3, requestIsKept: kept, responseStarted: started)
    #expect(made == decision)
  }

  @Test(
    "and what counts against an instance is something else",
    arguments: [
      (UpstreamFailure.badResponse, true), (.notConnected, false), (.connectionLost, false), (.notProcessed, false),
      (.reset(.cancel), false),
    ])
  func blame(failure: UpstreamFailure, counts: Bool) {
    #expect(failure.countsAgainstInstance == counts)
  }
}
