/// Whether a failed try of a call may be made again at another instance.
///
/// Only what provably was not processed is tried again, whatever the method: that is safe without knowing if the
/// method is idempotent. Source: RFC 9113 §6.8 and §8.7; gRFC A6, transparent retries.
enum RetryDecision: Sendable, Equatable {
  case retry
  case fail

  /// - Parameters:
  ///   - failure: how the last try ended.
  ///   - tries: tries made so far, at least 1.
  ///   - limit: the most tries.
  ///   - requestIsKept: whether all of the request that was sent so far is still in memory.
  ///   - responseStarted: whether any of a response has gone to the client.
  init(after failure: UpstreamFailure, tries: Int, limit: Int, requestIsKept: Bool, responseStarted: Bool) {
    let may = failure.isUnprocessed && tries < limit && requestIsKept && !responseStarted
    self = may ? .retry : .fail
  }
}
