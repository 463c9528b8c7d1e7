import Logging

extension PostgresPool {
  /// What is notified on `channel`, from the first `listening` event on. Subscriptions last through lost connections.
  package func listen(to channel: String) -> PostgresNotifications {
    listeners.subscribe(to: channel)
  }

  /// Holds the connection for `LISTEN` while anyone listens; part of ``run()``.
  func runListeners() async {
    var changes = listeners.changes.makeAsyncIterator()
    var backoff = Backoff(configuration)
    while !Task.isCancelled {
      if listeners.channels.isEmpty {
        guard await changes.next(isolation: #isolation) != nil else { break }
        continue
      }
      do throws(PostgresError) {
        try await holdListenerConnection(&changes) { backoff = Backoff(configuration) }
      } catch {
        logger.warning("listening was interrupted", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: backoff.next())
      }
    }
    listeners.finish()
  }

  /// Connects, listens to what is wanted and follows changes; throws when the connection is lost.
  private func holdListenerConnection(
    _ changes: inout AsyncStream<ListenerHub.Change>.Iterator,
    connected: () -> Void
  ) async throws(PostgresError) {
    let connection = try await connect(
      observer: PostgresConnection.Observer(
        closed: { [listeners] _, _ in listeners.connectionLost() },
        notified: { [listeners] channel, payload in
          listeners.deliver(.notification(payload: payload), to: channel)
        }))
    defer { connection.close() }
    connected()
    var active: Set<String> = []
    repeat {
      let wanted = listeners.channels
      if wanted.isEmpty { return }
      for channel in active.subtracting(wanted) {
        _ = try await connection.submit(.control(["UNLISTEN \(channel.quotedIdentifier)"]))
      }
      for channel in wanted.subtracting(active) {
        _ = try await connection.submit(.control(["LISTEN \(channel.quotedIdentifier)"]))
        listeners.deliver(.listening, to: channel)
      }
      active = wanted
    } while await changes.next(isolation: #isolation) == .channels
    if !Task.isCancelled { throw PostgresError(.connectionLost) }
  }
}

extension String {
  /// As a quoted SQL identifier.
  var quotedIdentifier: String {
    "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
