extension PostgresConnection {
  /// The socket is ready: reads, answers, and sends what has become possible.
  func poll(_ readiness: EventPoll.Readiness) {
    guard !isClosed else { return }
    let isAlive = !readiness.contains(.readable) || handle.consumeInput()
    // Even the last words of a dying connection answer somebody.
    receive()
    deliverNotifications()
    guard isAlive, !handle.isBroken else { return lose(PostgresError(.connectionLost)) }
    flush()
    if !isWritePending { resumeCopy(true) }
    pump()
  }

  private func receive() {
    if machine.solo != nil { return receiveSolo() }
    var sawEnd = false
    while machine.expectsResults, !isClosed, !handle.isBusy {
      guard let result = handle.nextResult() else {
        // One `nil` ends each command; a second means that nothing more has come.
        if sawEnd { return }
        sawEnd = true
        continue
      }
      sawEnd = false
      receive(result)
    }
  }

  private func receive(_ result: QueryResult) {
    switch machine.receive(result.status) {
    case .keep(let request): request.results.append(result)
    case .discard: break
    case .fail(let request, let command): fail(request, command: command, result.serverError)
    case .finish(let completions): completions.forEach(finish)
    case .violation: lose(PostgresError(.protocolViolation(reason: "unexpected \(result.status)")))
    }
  }

  private func deliverNotifications() {
    while !isClosed, let (channel, payload) = handle.nextNotification() {
      notify(channel: channel, payload: payload)
    }
  }

  private func fail(_ request: PendingRequest, command: Int?, _ error: ServerError) {
    let statement = command.flatMap { request.commands[$0].statement }
    let code = error.sqlState.endsConnection ? PostgresError.Code.connectionLost : .server(error)
    request.failure = PostgresError(code, statement: statement.map { request.statements[$0].name })
    // What was to be prepared from here on is not.
    forgetPrepared(request.commands[(command ?? request.commands.count)...].filter { $0.role == .control }, of: request)
  }

  private func finish(_ completion: PipelineStateMachine<PendingRequest>.Completion) {
    let request = completion.ticket
    metrics.record(request)
    switch completion.outcome {
    case .succeeded:
      finishSuccessfully(request)
    case .failed:
      finishFailed(request, mayBeCancelVictim: completion.mayBeCancelVictim)
    case .notRun:
      forgetPrepared(request.commands[...].filter { $0.role == .control }, of: request)
      request.resume(.failure(PostgresError(.notExecuted)))
    }
    if case .endTransaction = request.submission.content { transaction = .none }
  }

  private func finishSuccessfully(_ request: PendingRequest) {
    if case .endTransaction(commit: true) = request.submission.content,
      request.results.first?.commandTag == "ROLLBACK"
    {
      // The server ends a failed transaction this way, without an error, whatever the body made of the failure.
      let error = ServerError(severity: "ERROR", sqlState: .inFailedTransaction, message: "the transaction had failed")
      request.resume(.failure(PostgresError(.server(error))))
    } else {
      request.resume(.success(request.results))
    }
  }

  private func finishFailed(_ request: PendingRequest, mayBeCancelVictim: Bool) {
    let failure = request.failure ?? PostgresError(.protocolViolation(reason: "a failure without a report"))
    let isVictim = mayBeCancelVictim && failure.sqlState == .queryCancelled
    if failure.blamesPreparedStatement { dropPrepared(of: request, error: failure) }
    // Inside a transaction this tells the pool to run all of it again; otherwise, this statement.
    if isVictim || (failure.blamesPreparedStatement && !request.isInTransaction) {
      request.resume(.failure(PostgresError(.notExecuted)))
    } else {
      request.resume(.failure(failure))
    }
  }

  private func forgetPrepared(_ commands: [PendingRequest.Command], of request: PendingRequest) {
    for command in commands {
      guard let index = command.statement, let name = command.preparedName else { continue }
      statements.forget(request.statements[index].sql, name: name)
    }
  }

  /// The server's idea of the prepared statements differs from ours: starts afresh with those of `request`.
  private func dropPrepared(of request: PendingRequest, error: PostgresError) {
    let commands = request.commands.filter { $0.role == .result }
    forgetPrepared(commands, of: request)
    if error.sqlState != .invalidStatementName { deallocations += commands.compactMap(\.preparedName) }
  }
}

extension PostgresError {
  /// The prepared statement is not there, or is out of date because a table was altered; prepared anew it will do.
  var blamesPreparedStatement: Bool {
    switch sqlState {
    case .invalidStatementName: true
    case .featureNotSupported: server?.message == "cached plan must not change result type"
    default: false
    }
  }
}
