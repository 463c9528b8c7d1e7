extension PostgresConnection {
  /// How long after one cancel request another may follow: one that came too early, before the server had begun the
  /// statement, has no effect.
  private static var cancelInterval: Duration { .milliseconds(50) }
  /// A cancel request that takes longer than this means that the server is out of reach.
  private static var cancelTimeout: Duration { .seconds(10) }

  /// Answers the requests that match with `error`, and sees to it that they do not hold up the connection.
  func abandon(_ error: PostgresError, where matches: (PendingRequest) -> Bool) {
    for request in machine.tickets where matches(request) && !request.isAnswered {
      _ = machine.abandon(request)
      let name = request.statements.count == 1 ? request.statements[0].name : nil
      request.resume(.failure(name.map(error.inStatement) ?? error))
    }
  }

  // MARK: Deadlines

  /// Sees to it that ``enforceDeadlines()`` is called at `deadline`.
  func armDeadline(_ deadline: ContinuousClock.Instant) {
    if let armedDeadline, armedDeadline <= deadline { return }
    armedDeadline = deadline
    reactor.schedule(at: deadline) { [weak self] in
      self?.assumeIsolated { $0.enforceDeadlines() }
    }
  }

  private func enforceDeadlines() {
    armedDeadline = nil
    let now = ContinuousClock.now
    abandon(PostgresError(.deadlineExceeded)) { request in
      request.submission.deadline.map { $0 <= now } ?? false
    }
    let waiting = machine.tickets.filter { !$0.isAnswered }
    if let next = waiting.compactMap(\.submission.deadline).min() { armDeadline(next) }
    pump()
  }

  // MARK: Cancel requests

  func cancelIfNeeded() {
    if let cancelNotBefore, cancelNotBefore > .now { return }
    guard !isClosed, machine.beginCancel() else { return }
    cancels += 1
    watchCancel(cancels)
    let canceller = handle.canceller
    SystemThread.start { [self] in
      canceller?.cancelBlocking()
      post(.cancelEnded)
    }
  }

  func cancelEnded() {
    cancels += 1
    machine.cancelEnded()
    let again = ContinuousClock.now + Self.cancelInterval
    cancelNotBefore = again
    reactor.schedule(at: again) { [weak self] in
      self?.assumeIsolated { $0.cancelIfNeeded() }
    }
  }

  /// `cancels` counts beginnings and ends, so it stands still only while a request is stuck.
  private func watchCancel(_ number: UInt64) {
    reactor.schedule(at: .now + Self.cancelTimeout) { [weak self] in
      self?.assumeIsolated { connection in
        if connection.cancels == number { connection.lose(PostgresError(.connectionLost)) }
      }
    }
  }
}
