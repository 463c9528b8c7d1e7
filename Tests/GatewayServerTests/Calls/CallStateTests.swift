import HTTP2
import Testing

@testable import GatewayServer

@Suite("The state of a forwarded call")
struct CallStateTests {
  enum Input {
    case tryBegins, streamOpens, content(end: Bool), head(end: Bool), response(end: Bool)
    case tryEnds(UpstreamFailure?, kept: Bool), abandon
  }

  enum Output: Equatable {
    case none, content(CallState.Content), goes(Bool), failure(CallState.AfterFailure)
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let steps: [(Input, Output)]
    let isOver: Bool
  }

  static let opened: [(Input, Output)] = [(.tryBegins, .none), (.streamOpens, .none)]
  static let noInstance = Output.failure(.refuse(.noInstance(service: "s")))

  static let stories = [
    Story(
      testDescription: "an answered call",
      steps: opened + [
        (.content(end: false), .content(.forward)), (.content(end: true), .content(.forward)),
        (.head(end: false), .goes(true)),
        (.response(end: false), .goes(true)), (.response(end: true), .goes(true)),
        (.tryEnds(nil, kept: false), .failure(.nothing)),
      ], isOver: true),
    Story(
      testDescription: "content waits for the stream",
      steps: [
        (.content(end: false), .content(.hold)), (.tryBegins, .none), (.content(end: true), .content(.hold)),
        (.streamOpens, .none),
      ], isOver: false),
    Story(
      testDescription: "an answer of trailers only",
      steps: opened + [
        (.head(end: true), .goes(true)), (.content(end: true), .content(.discard)),
        (.tryEnds(.reset(.noError), kept: true), .failure(.nothing)),
      ], isOver: true),
    Story(
      testDescription: "two failed tries and a good one",
      steps: [
        (.tryBegins, .none), (.tryEnds(.notConnected, kept: true), .failure(.tryAgain)),
        (.content(end: false), .content(.hold)),
      ] + opened + [
        (.tryEnds(.notProcessed, kept: true), .failure(.tryAgain))
      ] + opened + [(.head(end: true), .goes(true))], isOver: true),
    Story(
      testDescription: "three failed tries",
      steps: [
        (.tryBegins, .none), (.tryEnds(.notConnected, kept: true), .failure(.tryAgain)), (.tryBegins, .none),
        (.tryEnds(.notConnected, kept: true), .failure(.tryAgain)), (.tryBegins, .none),
        (.tryEnds(.notConnected, kept: true), noInstance),
      ], isOver: true),
    Story(
      testDescription: "no retry of what was not kept",
      steps: opened + [(.tryEnds(.notProcessed, kept: false), noInstance)], isOver: true),
    Story(
      testDescription: "no retry of what may have been processed",
      steps: opened + [(.tryEnds(.connectionLost, kept: true), .failure(.refuse(.instanceLost)))], isOver: true),
    Story(
      testDescription: "no retry once the answer has begun",
      steps: opened + [
        (.head(end: false), .goes(true)), (.tryEnds(.notProcessed, kept: true), noInstance),
        (.response(end: false), .goes(false)),
      ], isOver: true),
    Story(
      testDescription: "a stream that closes without an answer",
      steps: opened + [(.tryEnds(nil, kept: true), .failure(.refuse(.badResponse)))], isOver: true),
    Story(
      testDescription: "nothing more after the client has gone",
      steps: opened + [
        (.abandon, .goes(true)), (.abandon, .goes(false)), (.head(end: false), .goes(false)),
        (.response(end: true), .goes(false)),
        (.content(end: false), .content(.discard)), (.tryEnds(.notConnected, kept: true), .failure(.nothing)),
      ], isOver: true),
    Story(
      testDescription: "a second head does not go on",
      steps: opened + [(.head(end: false), .goes(true)), (.head(end: false), .goes(false))], isOver: false),
  ]

  @Test("follows its story", arguments: stories)
  func story(_ story: Story) {
    var state = CallState(maximumTries: 3)
    for (number, (input, output)) in story.steps.enumerated() {
      #expect(apply(input, to: &state) == output, "step \(number)")
    }
    #expect(state.isOver == story.isOver)
  }

  private func apply(_ input: Input, to state: inout CallState) -> Output {
    switch input {
    case .tryBegins: state.tryBegins()
    case .streamOpens: state.streamOpened()
    case .content(let end): return .content(state.requestArrived(end: end))
    case .head(let end): return .goes(state.responseStarted(end: end))
    case .response(let end): return .goes(state.responseArrived(end: end))
    case .tryEnds(let failure, let kept):
      return .failure(state.tryEnded(failure, requestIsKept: kept, service: "s"))
    case .abandon: return .goes(state.abandon())
    }
    return .none
  }

  @Test(
    "what a client is told of a failure",
    arguments: [
      (UpstreamFailure.notConnected, Refusal.noInstance(service: "s")), (.notProcessed, .noInstance(service: "s")),
      (.connectionLost, .instanceLost), (.reset(.cancel), .instanceCancelled),
      (.reset(.enhanceYourCalm), .instanceOverloaded), (.reset(.internalError), .badResponse),
      (.badResponse, .badResponse),
    ])
  func refusals(failure: UpstreamFailure, refusal: Refusal) {
    #expect(Refusal(failure, service: "s") == refusal)
  }

  @Test(
    "how a stream's end is understood",
    arguments: [
      (HTTP2CloseReason.finished, nil), (.notProcessed, .notProcessed), (.connectionLost, .connectionLost),
      (.resetByPeer(.cancel), .reset(.cancel)), (.resetLocally(.protocolError), .badResponse),
    ] as [(HTTP2CloseReason, UpstreamFailure?)])
  func reasons(reason: HTTP2CloseReason, failure: UpstreamFailure?) {
    #expect(UpstreamFailure(reason) == failure)
  }
}
