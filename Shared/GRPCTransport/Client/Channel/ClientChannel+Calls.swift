internal import GRPCCore
internal import Synchronization

// How calls come to their connections.

extension ClientChannel {
  /// Counts a call; ``endCall()`` must follow.
  func beginCall() throws(RPCError) {
    let error = update { shared -> RPCError? in
      do throws(RPCError) {
        try shared.state.beginCall()
        return nil
      } catch {
        return error
      }
    }
    if let error { throw error }
  }

  func endCall() { update { $0.state.endCall() } }

  /// A call no longer uses its connection.
  func release(_ connection: ConnectionHandle) { update { $0.state.release(connection.id) } }

  /// A name for a call that may have to wait.
  func makeWaiter() -> WaiterID {
    shared.withLock { shared in
      shared.lastWaiter += 1
      return WaiterID(number: shared.lastWaiter)
    }
  }

  /// A connection for a new call, which releases it when it ends.
  ///
  /// - Throws: `RPCError` as ``ChannelState`` decides, or `.cancelled`.
  func pick(_ waiter: WaiterID, waitForReady: Bool) async throws(RPCError) -> ConnectionHandle {
    let request = ChannelState.Waiter(id: waiter, waitForReady: waitForReady, isRunning: false)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<PickResult, Never>) in
        let result =
          Task.isCancelled ? .failure(Self.cancelledError) : pick(request) { continuation.resume(returning: $0) }
        if let result { continuation.resume(returning: result) }
        // Cancelled between the look and the wait: the handler found nothing to cancel.
        if Task.isCancelled { cancel(waiter, Self.cancelledError) }
      }
    } onCancel: {
      cancel(waiter, Self.cancelledError)
    }
    return try result.get()
  }

  private static let cancelledError = RPCError(code: .cancelled, message: "The call was cancelled.")

  /// A connection for a call that has to be sent again. The completion may run before this returns.
  func pickAgain(_ waiter: WaiterID, waitForReady: Bool, _ completion: @escaping @Sendable (PickResult) -> Void) {
    let request = ChannelState.Waiter(id: waiter, waitForReady: waitForReady, isRunning: true)
    if let result = pick(request, completion) { completion(result) }
  }

  /// - Returns: `nil` if the completion will be called.
  private func pick(_ request: ChannelState.Waiter, _ completion: @escaping @Sendable (PickResult) -> Void)
    -> PickResult?
  {
    update { shared in
      switch shared.state.pick(request) {
      case .failure(let error): return .failure(error)
      case .connection(let id):
        if let connection = shared.connections[id] { return .success(connection) }
        return .failure(RPCError(code: .unavailable, message: "The connection was lost."))
      case .wait:
        shared.waiting[request.id] = completion
        return nil
      }
    }
  }

  /// Fails a call that still waits; does nothing otherwise.
  func cancel(_ waiter: WaiterID, _ error: RPCError) {
    let completion = update { shared in
      shared.state.cancel(waiter) ? shared.waiting.removeValue(forKey: waiter) : nil
    }
    completion?(.failure(error))
  }

  /// What stands in the way of a connection, for a call whose time is over.
  var obstacle: String? {
    shared.withLock { $0.state.obstacle }
  }
}
