import Synchronization

/// One connection: an actor on its ``Reactor``, which alone touches the libpq handle.
///
/// Requests reach it through a mailbox rather than by calling the actor: one wake-up of the reactor for all that is
/// submitted meanwhile, one resumption for each answer, and no executor hop in between.
///
/// A request whose task is cancelled or whose deadline passes is answered at once. If it was sent, it keeps its place
/// in the pipeline, and when it is its turn the server is asked to cancel it (`PQcancel`, on a thread of its own). Until
/// that request has been taken nothing new is sent, so what else it may hit is known; those statements did not take
/// effect and are run again by the pool.
actor PostgresConnection {
  /// What happens to a connection, told on the reactor's thread.
  struct Observer: Sendable {
    var closed: @Sendable (PostgresConnection, PostgresError) -> Void = { _, _ in }
    var notified: @Sendable (_ channel: String, _ payload: String) -> Void = { _, _ in }
  }

  enum Message: Sendable {
    case submit(Submission)
    case abandon(id: UInt64, PostgresError.Code)
    /// From here on statements in a transaction belong to a new one, begun by these statements before its first.
    case openTransaction(preamble: [String])
    case cancelEnded
    case close
  }

  enum Transaction { case none, announced(preamble: [String]), open }

  private struct Mailbox {
    var messages: [Message] = []
    var isAnnounced = false
  }

  nonisolated let reactor: Reactor
  nonisolated let metrics: PostgresMetrics
  private nonisolated let observer: Observer
  private nonisolated let mailbox = Mutex(Mailbox())
  private nonisolated let nextID = Atomic<UInt64>(1)

  let handle: ConnectionHandle
  var machine = PipelineStateMachine<PendingRequest>()
  var statements: StatementCache
  var transaction = Transaction.none
  /// Whether COPY … FROM STDIN is under way.
  var isCopying = false
  var copyWaiter: CheckedContinuation<Bool, Never>?
  /// Prepared statements to be dropped when no transaction is in the way.
  var deallocations: [String] = []
  var armedDeadline: ContinuousClock.Instant?
  var cancelNotBefore: ContinuousClock.Instant?
  var cancels: UInt64 = 0
  private(set) var isClosed = false
  private var registration: UInt64?
  private var interest: EventPoll.Readiness = .readable

  /// Takes over a connected handle in pipeline mode; call ``start()`` next.
  init(
    _ handle: consuming sending ConnectionHandle,
    reactor: Reactor,
    statementCapacity: Int,
    metrics: PostgresMetrics,
    observer: Observer
  ) {
    self.handle = handle
    self.reactor = reactor
    self.metrics = metrics
    self.observer = observer
    statements = StatementCache(capacity: statementCapacity)
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe reactor.asUnownedSerialExecutor() }

  /// Begins to poll the socket.
  func start() {
    guard registration == nil, !isClosed else { return }
    registration = reactor.register(self, descriptor: handle.socket)
  }

  var backendProcess: Int32 { handle.backendProcess }

  // MARK: Mailbox; from any thread

  nonisolated func post(_ message: Message) {
    let mustAnnounce = mailbox.withLock { mailbox in
      mailbox.messages.append(message)
      defer { mailbox.isAnnounced = true }
      return !mailbox.isAnnounced
    }
    if mustAnnounce { reactor.attend(to: self) }
  }

  /// Sends `content` and waits for the answer; a cancelled task is answered at once.
  nonisolated func submit(
    _ content: Submission.Content,
    mayShare: Bool = true,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [QueryResult] {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { reply in
        let submission = Submission(id: id, content: content, mayShare: mayShare, deadline: deadline, reply: reply)
        post(.submit(submission))
        // The handler below may have run before there was anything to abandon.
        if Task.isCancelled { post(.abandon(id: id, .cancelled)) }
      }
    } onCancel: {
      post(.abandon(id: id, .cancelled))
    }
    return try result.get()
  }

  /// Sends `content` and waits for the answer even when the task is cancelled: for what must be undone.
  nonisolated func submitUncancellable(
    _ content: Submission.Content,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [QueryResult] {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    let result = await withCheckedContinuation { reply in
      post(.submit(Submission(id: id, content: content, deadline: deadline, reply: reply)))
    }
    return try result.get()
  }

  /// Closes the connection; what is in flight is lost.
  nonisolated func close() { post(.close) }

  func takeMessages() -> [Message] {
    mailbox.withLock { mailbox in
      mailbox.isAnnounced = false
      let messages = mailbox.messages
      mailbox.messages = []
      return messages
    }
  }

  // MARK: State that only this file changes

  func setInterest(_ wanted: EventPoll.Readiness) {
    guard wanted != interest, let registration else { return }
    interest = wanted
    reactor.setInterest(wanted, of: registration, descriptor: handle.socket)
  }

  var isWritePending: Bool { interest.contains(.writable) }

  func notify(channel: String, payload: String) { observer.notified(channel, payload) }

  /// Ends the connection: what was sent fails with `cause`, what was not may run elsewhere.
  func lose(_ cause: PostgresError) {
    guard !isClosed else { return }
    isClosed = true
    if let registration { reactor.deregister(registration, descriptor: handle.socket) }
    registration = nil
    for (request, wasSent) in machine.close() {
      request.resume(.failure(wasSent ? cause : PostgresError(.notExecuted)))
    }
    copyWaiter?.resume(returning: false)
    copyWaiter = nil
    observer.closed(self, cause)
  }
}

extension PostgresConnection: ReactorSource {
  nonisolated func reactorDidPoll(_ readiness: EventPoll.Readiness) {
    assumeIsolated { $0.poll(readiness) }
  }

  nonisolated func reactorDidAttend() {
    assumeIsolated { $0.pump() }
  }
}
