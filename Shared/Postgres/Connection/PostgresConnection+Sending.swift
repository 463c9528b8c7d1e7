extension PostgresConnection {
  /// Takes in what was posted and sends what may be sent.
  func pump() {
    sendDeallocations()
    for message in takeMessages() { handle(message) }
    guard !isClosed else { return }
    while !isClosed, !isWritePending, let work = machine.nextWork() {
      switch work {
      case .batch(let requests): send(requests)
      case .solo(let request): startSolo(request)
      }
      // Stops the loop when the socket takes no more.
      flush()
    }
    flush()
    cancelIfNeeded()
  }

  private func handle(_ message: Message) {
    switch message {
    case .submit(let submission): accept(submission)
    case .abandon(let id, let code): abandon(PostgresError(code)) { $0.submission.id == id }
    case .openTransaction(let preamble): transaction = .announced(preamble: preamble)
    case .cancelEnded: cancelEnded()
    case .close: lose(PostgresError(.connectionLost))
    }
  }

  private func accept(_ submission: Submission) {
    let request = PendingRequest(submission, start: .now)
    guard machine.submit(request, request.work) else {
      request.resume(.failure(PostgresError(.notExecuted)))
      return
    }
    if let deadline = submission.deadline { armDeadline(deadline) }
  }

  private func send(_ requests: [PendingRequest]) {
    guard let work = requests.first?.work else { return }
    if answerEmptyTransaction(requests) { return }
    for request in requests {
      guard sendCommands(of: request) else { return failSending(of: requests) }
    }
    machine.didSend(requests.map { ($0, $0.commands.map(\.role)) }, work: work)
    if !handle.sendSync() { failSending(of: requests) }
  }

  /// The end of a transaction that was announced and never begun needs no server.
  private func answerEmptyTransaction(_ requests: [PendingRequest]) -> Bool {
    guard case .endTransaction = requests[0].submission.content, case .announced = transaction else { return false }
    transaction = .none
    requests[0].resume(.success([]))
    return true
  }

  private func sendCommands(of request: PendingRequest) -> Bool {
    if request.isInTransaction, case .announced(let preamble) = transaction {
      transaction = .open
      guard preamble.allSatisfy({ sendControl($0, for: request) }) else { return false }
    }
    switch request.submission.content {
    case .statements(let statements, _):
      for index in statements.indices {
        guard send(statements[index], at: index, for: request) else { return false }
      }
      return true
    case .control(let texts):
      return texts.allSatisfy { sendControl($0, for: request) }
    case .endTransaction(let commit):
      request.commands.append(PendingRequest.Command(role: .result))
      return handle.sendUnprepared(commit ? "COMMIT" : "ROLLBACK")
    case .script, .copyIn:
      return false
    }
  }

  private func sendControl(_ sql: String, for request: PendingRequest) -> Bool {
    request.commands.append(PendingRequest.Command(role: .control))
    return handle.sendUnprepared(sql)
  }

  private func send(_ statement: StatementRequest, at index: Int, for request: PendingRequest) -> Bool {
    let slots = statement.parameters.slots
    let name: String
    switch statements.lookUp(statement.sql, slots: slots) {
    case .hit(let known):
      name = known
    case .miss(let new, let evicted):
      name = new
      deallocations += evicted
      request.commands.append(PendingRequest.Command(role: .control, statement: index, preparedName: name))
      guard handle.sendPrepare(name, sql: statement.sql, slots: slots) else { return false }
    }
    request.commands.append(PendingRequest.Command(role: .result, statement: index, preparedName: name))
    return handle.sendPrepared(name, statement.parameters)
  }

  /// These neither wait any more nor are in flight yet, so the end of the connection does not reach them by itself.
  private func failSending(of requests: [PendingRequest]) {
    let cause = PostgresError(
      handle.isBroken ? .connectionLost : .protocolViolation(reason: "libpq refused a command"))
    lose(cause)
    for request in requests { request.resume(.failure(cause)) }
  }

  /// In a failed transaction DEALLOCATE would fail too, so it waits for the end.
  private func sendDeallocations() {
    guard !deallocations.isEmpty, case .none = transaction else { return }
    let texts = deallocations.map { "DEALLOCATE \($0)" }
    deallocations = []
    for text in texts {
      accept(Submission(id: 0, content: .control([text]), deadline: nil, reply: nil))
    }
  }

  func flush() {
    guard !isClosed else { return }
    switch handle.flush() {
    case .done: setInterest(.readable)
    case .pending: setInterest([.readable, .writable])
    case .broken: lose(PostgresError(.connectionLost))
    }
  }
}
