/// What pipeline mode forbids: scripts and COPY. The state machine gives them the connection when it is idle.
extension PostgresConnection {
  func startSolo(_ request: PendingRequest) {
    let text: String
    switch request.submission.content {
    case .script(let sql), .copyIn(let sql): text = sql
    case .statements, .control, .endTransaction: return
    }
    if !handle.exitPipelineMode() || !handle.sendScript(text) {
      lose(PostgresError(.protocolViolation(reason: "libpq refused to leave pipeline mode")))
    }
  }

  func receiveSolo() {
    guard let request = machine.solo, !isCopying else { return resumeCopy(true) }
    while !isClosed, !handle.isBusy {
      guard let result = handle.nextResult() else { return endSolo(request) }
      switch result.status {
      case .success: request.results.append(result)
      case .failure: request.failure = request.failure ?? PostgresError(.server(result.serverError))
      case .copyIn: return beginCopy(request, result)
      case .aborted, .sync, .unexpected:
        return lose(PostgresError(.protocolViolation(reason: "unexpected \(result.status)")))
      }
    }
  }

  private func endSolo(_ request: PendingRequest) {
    machine.soloEnded()
    guard handle.enterPipelineMode() else {
      return lose(PostgresError(.protocolViolation(reason: "pipeline mode refused")))
    }
    request.resume(request.failure.map { .failure($0) } ?? .success(request.results))
    resumeCopy(true)
  }

  // MARK: COPY

  private func beginCopy(_ request: PendingRequest, _ result: QueryResult) {
    isCopying = true
    request.resume(.success([result]))
  }

  func resumeCopy(_ isAlive: Bool) {
    copyWaiter?.resume(returning: isAlive)
    copyWaiter = nil
  }

  /// Waits until the socket made progress.
  private func copyProgress() async throws(PostgresError) {
    let isAlive = await withCheckedContinuation { copyWaiter = $0 }
    guard isAlive, !isClosed else { throw PostgresError(.connectionLost) }
  }

  /// Sends a part of COPY … FROM STDIN, and waits while the server does not keep up.
  func copyWrite(_ bytes: [UInt8]) async throws(PostgresError) {
    guard !isClosed, isCopying else { throw PostgresError(.connectionLost) }
    guard handle.putCopyData(bytes) else { throw PostgresError(.connectionLost) }
    flush()
    while isWritePending, !isClosed { try await copyProgress() }
  }

  /// Ends COPY … FROM STDIN and returns the number of rows; with `failure` the server undoes it and this throws.
  func copyFinish(failure: String? = nil) async throws(PostgresError) -> Int {
    guard !isClosed, isCopying, let request = machine.solo else { throw PostgresError(.connectionLost) }
    guard handle.putCopyEnd(failure: failure) else { throw PostgresError(.connectionLost) }
    flush()
    isCopying = false
    while machine.solo === request { try await copyProgress() }
    pump()
    if let failure = request.failure { throw failure }
    return request.results.first?.affectedRows ?? 0
  }
}
