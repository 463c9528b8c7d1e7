internal import GRPCCore

extension ClientCall {
  /// The tasks that can go on after a change, to be resumed outside of the lock.
  struct Wake {
    private var reader: (CheckedContinuation<CallInbox.Next, Never>, CallInbox.Next)?
    private var writer: CheckedContinuation<Void, Never>?

    init() {}

    /// Takes whoever needs not wait any more.
    init(_ state: inout State) {
      if let waiting = state.reader {
        let next = state.inbox.next()
        if case .wait = next {
        } else {
          state.reader = nil
          reader = (waiting, next)
        }
      }
      if state.inbox.isEnded { writer = state.writer.take() }
    }

    func resume() {
      reader?.0.resume(returning: reader?.1 ?? .end)
      writer?.resume()
    }
  }
}

extension ClientCall.State {
  func mustWriterWait(_ limits: CallLimits) -> Bool {
    request.unsentBytes >= limits.unsentBytes && !inbox.isEnded && !isClosed
  }

  /// The connection that owes the server credit which the reader has just earned.
  mutating func creditorToTell(_ limits: CallLimits) -> ConnectionHandle? {
    guard isCreditWithheld, inbox.byteCount < limits.unreadBytes else { return nil }
    isCreditWithheld = false
    return connection
  }
}
