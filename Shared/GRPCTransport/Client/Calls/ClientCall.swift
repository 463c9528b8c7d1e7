internal import GRPCCore
internal import HTTP2
internal import NIOCore
internal import Synchronization

/// One RPC as its caller's tasks and the event loop of its connection share it.
///
/// Tasks write into the request log and read from the inbox under a lock, without a hop; the event
/// loop is woken to send once for whatever was written meanwhile. The call may move to another
/// connection as long as the server has not answered.
final class ClientCall: Sendable {
  struct State {
    var request: RequestLog
    var inbox = CallInbox()
    /// Where the call is now; `nil` while it looks for a connection or when it is over.
    var connection: ConnectionHandle?
    /// Counts connections; what an earlier one says is ignored.
    var attempt = 0
    var isPumpScheduled = false
    /// Credit is kept back until the reader catches up.
    var isCreditWithheld = false
    var reader: CheckedContinuation<CallInbox.Next, Never>?
    var writer: CheckedContinuation<Void, Never>?
    /// The caller has finished with the call: nothing more is read or written.
    var isClosed = false
    /// How often a server refused the stream.
    var refusals = 0
    /// The name under which the call waits for another connection.
    var waiter: WaiterID?
  }

  let limits: CallLimits
  private let waitForReady: Bool
  private let channel: ClientChannel
  let state: Mutex<State>

  /// - Parameter connection: picked for this call, which releases it when it ends.
  init(on connection: ConnectionHandle, of channel: ClientChannel, limits: CallLimits, waitForReady: Bool) {
    self.limits = limits
    self.waitForReady = waitForReady
    self.channel = channel
    var state = State(request: RequestLog(replayLimit: limits.replayBytes))
    state.connection = connection
    self.state = Mutex(state)
  }

  // MARK: The caller's side

  func begin(_ head: HeaderBlock) {
    state.withLock { $0.request.begin(head) }
    requestPump()
  }

  /// Queues a message; waits while too much is unsent.
  ///
  /// - Throws: `RPCError` when the call is over, `CancellationError` when the task is cancelled.
  func send(_ frame: ByteBuffer) async throws {
    try state.withLock { state throws(RPCError) in
      try Self.checkOpen(&state)
      state.request.append(frame)
    }
    requestPump()
    await waitUntilWritable()
    try Task.checkCancellation()
  }

  private static func checkOpen(_ state: inout State) throws(RPCError) {
    if state.inbox.isEnded || state.isClosed || state.request.isEnded {
      throw RPCError(code: .failedPrecondition, message: "The call takes no more messages.")
    }
  }

  private func waitUntilWritable() async {
    guard state.withLock({ $0.mustWriterWait(limits) }) else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let mustWait = state.withLock { state in
          guard state.mustWriterWait(limits), state.writer == nil, !Task.isCancelled else { return false }
          state.writer = continuation
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.writer.take() }?.resume()
    }
  }

  /// The caller will send no more.
  func endRequest() {
    state.withLock { $0.request.end() }
    requestPump()
  }

  /// The next part of the response; `nil` after the status.
  ///
  /// - Throws: `RPCError` when the call fails other than by the server's status.
  func next() async throws(RPCError) -> ResponseReader.Part? {
    var next = take()
    if case .wait = next { next = await wait() }
    switch next {
    case .part(let part): return part
    case .failure(let error): throw error
    case .end, .wait: return nil
    }
  }

  private func take() -> CallInbox.Next {
    let (next, creditor) = state.withLock { state in (state.inbox.next(), state.creditorToTell(limits)) }
    creditor?.returnCredit(of: self)
    return next
  }

  private func wait() async -> CallInbox.Next {
    let next = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<CallInbox.Next, Never>) in
        let next = state.withLock { state -> CallInbox.Next? in
          let next = state.inbox.next()
          guard case .wait = next else { return next }
          state.reader = continuation
          return nil
        }
        if let next { continuation.resume(returning: next) }
      }
    } onCancel: {
      self.cancel()
    }
    state.withLock { $0.creditorToTell(limits) }?.returnCredit(of: self)
    return next
  }

  func cancel() {
    abort(RPCError(code: .cancelled, message: "The call was cancelled."))
  }

  /// Ends the call at once with this error and resets its stream.
  func abort(_ error: RPCError) {
    let (wake, connection, waiter) = state.withLock { state -> (Wake, ConnectionHandle?, WaiterID?) in
      guard !state.inbox.isEnded else { return (Wake(), nil, nil) }
      state.inbox.abort(error)
      return (Wake(&state), state.connection, state.waiter.take())
    }
    wake.resume()
    connection?.reset(self)
    if let waiter { channel.cancel(waiter, error) }
  }

  /// The caller is done. The stream is reset if it is not over.
  func close() {
    abort(RPCError(code: .cancelled, message: "The call was closed."))
    let connection = state.withLock { state in
      state.isClosed = true
      return state.connection.take()
    }
    if let connection {
      connection.reset(self)
      channel.release(connection)
    }
  }

  // MARK: Sending

  private func requestPump() {
    let connection = state.withLock { state -> ConnectionHandle? in
      guard !state.isPumpScheduled, let connection = state.connection else { return nil }
      state.isPumpScheduled = true
      return connection
    }
    connection?.pump(self)
  }

  // MARK: Moving to another connection

  /// The stream on connection `attempt` was not processed. Sends the call again elsewhere, if that
  /// can be done, or fails it.
  ///
  /// - Parameter wasRefused: the server refused this stream alone; otherwise its connection ended.
  func sendAgain(attempt: Int, wasRefused: Bool, or error: RPCError) {
    let (old, canRetry) = state.withLock { state -> (ConnectionHandle?, Bool) in
      guard state.attempt == attempt, !state.inbox.isEnded else { return (nil, false) }
      let old = state.connection.take()
      state.attempt += 1
      state.refusals += wasRefused ? 1 : 0
      // A server that refuses twice is overloaded: sending more would not help it.
      return (old, state.refusals < 2 && state.request.rewind())
    }
    guard let old else { return }
    channel.release(old)
    guard canRetry else { return fail(error) }
    let waiter = channel.makeWaiter()
    state.withLock { $0.waiter = waiter }
    channel.pickAgain(waiter, waitForReady: waitForReady) { [self] result in
      switch result {
      case .success(let connection): move(to: connection)
      case .failure(let error): fail(error)
      }
    }
  }

  private func move(to connection: ConnectionHandle) {
    let isWanted = state.withLock { state in
      guard !state.isClosed, !state.inbox.isEnded else { return false }
      state.waiter = nil
      state.connection = connection
      state.isPumpScheduled = false
      return true
    }
    if isWanted { requestPump() } else { channel.release(connection) }
  }

  /// Ends the call with this error once what has arrived is read.
  func fail(_ error: RPCError) {
    let wake = state.withLock { state -> Wake in
      state.inbox.fail(error)
      return Wake(&state)
    }
    wake.resume()
  }
}
