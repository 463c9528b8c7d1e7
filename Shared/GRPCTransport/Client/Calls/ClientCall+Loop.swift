internal import GRPCCore
internal import Synchronization

// What the event loop of the call's connection does with the call.

extension ClientCall {
  /// The next item to send on connection `attempt`.
  func nextItem(attempt: Int) -> RequestLog.Item? {
    state.withLock { state in
      state.attempt == attempt && !state.inbox.isEnded ? state.request.next() : nil
    }
  }

  /// Sending begins. What is written from now on has to ask for the next round.
  ///
  /// - Returns: the attempt that the call is at; `nil` when there is nothing to send it for.
  func beginPump(on connection: ConnectionID) -> Int? {
    state.withLock { state in
      guard state.connection?.id == connection else { return nil }
      state.isPumpScheduled = false
      return state.inbox.isEnded || !state.request.hasHead ? nil : state.attempt
    }
  }

  /// Sending paused or is done: lets the writer go on if little enough is left.
  func endPump() {
    let writer = state.withLock { state in
      state.mustWriterWait(limits) ? nil : state.writer.take()
    }
    writer?.resume()
  }

  /// Hands over what the server sent.
  ///
  /// - Returns: whether credit may be given for it now.
  func deliver(_ parts: [ResponseReader.Part], attempt: Int) -> Bool {
    let (wake, isCredited) = state.withLock { state -> (Wake, Bool) in
      guard state.attempt == attempt, !state.inbox.isEnded else { return (Wake(), true) }
      if !parts.isEmpty, !state.request.isCommitted { state.request.commit() }
      for part in parts { state.inbox.append(part) }
      let wake = Wake(&state)
      state.isCreditWithheld = state.inbox.byteCount >= limits.unreadBytes
      return (wake, !state.isCreditWithheld)
    }
    wake.resume()
    return isCredited
  }

  /// The response on connection `attempt` failed.
  func fail(_ error: RPCError, attempt: Int) {
    guard state.withLock({ $0.attempt == attempt }) else { return }
    fail(error)
  }
}
