/// Where one forwarded call stands: which halves of it are over, and what is to happen next. A value without I/O.
///
/// A call has a client's stream, which lives as long as the call, and a try: a stream to one instance, or the wait for
/// a connection to it. Tries may follow one another until the response begins.
struct CallState: Sendable, Equatable {
  enum Half: Sendable, Equatable {
    case open
    case ended
  }

  enum Try: Sendable, Equatable {
    /// There is none, before the first and after the last.
    case none
    /// Waiting for a connection to the instance.
    case waiting
    /// A stream to the instance is open.
    case streaming
  }

  enum Response: Sendable, Equatable {
    case awaited
    /// The head has gone to the client.
    case started
    /// All of it has gone to the client, or the client has gone.
    case ended
  }

  /// What is to be done with content of the request.
  enum Content: Sendable, Equatable {
    case forward
    /// Keep it until there is a stream to forward it on, and its credit with it.
    case hold
    /// The call is over: only its credit matters.
    case discard
  }

  /// What is to be done when a try has failed.
  enum AfterFailure: Sendable, Equatable {
    case tryAgain
    /// End the call with this.
    case refuse(Refusal)
    case nothing
  }

  let maximumTries: Int
  private(set) var request = Half.open
  private(set) var response = Response.awaited
  /// Whether the client has been sent the head of a response.
  private(set) var hasSentHead = false
  private(set) var current = Try.none
  private(set) var tries = 0

  init(maximumTries: Int) {
    self.maximumTries = maximumTries
  }

  var isOver: Bool { response == .ended }

  mutating func tryBegins() {
    tries += 1
    current = .waiting
  }

  mutating func streamOpened() {
    current = .streaming
  }

  /// Content of the request arrived, and perhaps its end.
  mutating func requestArrived(end: Bool) -> Content {
    if end { request = .ended }
    guard !isOver else { return .discard }
    return current == .streaming ? .forward : .hold
  }

  /// The head of a response arrived.
  /// - Returns: whether it goes to the client.
  mutating func responseStarted(end: Bool) -> Bool {
    guard response == .awaited else { return false }
    response = end ? .ended : .started
    hasSentHead = true
    return true
  }

  /// Content or trailers of the response arrived.
  /// - Returns: whether it goes to the client.
  mutating func responseArrived(end: Bool) -> Bool {
    guard response == .started else { return false }
    if end { response = .ended }
    return true
  }

  /// The stream to the instance closed after the call was over.
  mutating func streamClosed() {
    current = .none
  }

  /// The stream to the instance closed, or could not be opened.
  /// - Parameters:
  ///   - failure: nil when it closed in order.
  ///   - requestIsKept: whether all that was sent of the request is still in memory.
  ///   - service: the prefix of the route, for the client to read.
  mutating func tryEnded(_ failure: UpstreamFailure?, requestIsKept: Bool, service: String) -> AfterFailure {
    current = .none
    guard !isOver else { return .nothing }
    // A response must end before its stream does.
    let failure = failure ?? .badResponse
    let decision = RetryDecision(
      after: failure, tries: tries, limit: maximumTries, requestIsKept: requestIsKept,
      responseStarted: hasSentHead)
    if decision == .retry { return .tryAgain }
    response = .ended
    return .refuse(Refusal(failure, service: service))
  }

  /// The gateway itself ends the call: no instance, deadline.
  /// - Returns: whether the call was still going on.
  mutating func abandon() -> Bool {
    guard !isOver else { return false }
    response = .ended
    current = .none
    return true
  }
}
