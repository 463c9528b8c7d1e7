import Synchronization

/// A transaction in progress; usable until the body of `withTransaction` returns. Statements run concurrently are
/// pipelined in the order in which they were submitted.
package struct PostgresTransaction: PostgresExecutor {
  private final class State: Sendable {
    let hasEnded = Atomic(false)
    /// A statement failed in a way that running the whole transaction again may cure.
    let mayRunAgain = Atomic(false)
  }

  let connection: PostgresConnection
  private let deadline: ContinuousClock.Instant?
  private let state = State()

  init(_ connection: PostgresConnection, deadline: ContinuousClock.Instant?) {
    self.connection = connection
    self.deadline = deadline
  }

  var mayRunAgain: Bool { state.mayRunAgain.load(ordering: .acquiring) }

  package func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult] {
    try requireActive()
    let earliest = PostgresDeadline.effective(deadline).map { min($0, self.deadline ?? $0) } ?? self.deadline
    do throws(PostgresError) {
      return try await connection.submit(.statements(requests, inTransaction: true), deadline: earliest)
    } catch {
      note(error, isCommit: false)
      throw error
    }
  }

  func requireActive() throws(PostgresError) {
    if state.hasEnded.load(ordering: .acquiring) { throw PostgresError(.transactionEnded) }
  }

  func commit() async throws(PostgresError) {
    state.hasEnded.store(true, ordering: .releasing)
    do throws(PostgresError) {
      _ = try await connection.submitUncancellable(.endTransaction(commit: true), deadline: deadline)
    } catch {
      note(error, isCommit: true)
      throw error
    }
  }

  /// Never fails: without a connection the server rolls back by itself.
  func rollBack() async {
    state.hasEnded.store(true, ordering: .releasing)
    _ = try? await connection.submitUncancellable(.endTransaction(commit: false))
  }

  /// A lost connection leaves the fate of a commit unknown, but that of everything before it is known: undone.
  private func note(_ error: PostgresError, isCommit: Bool) {
    let isTransient = error.sqlState?.isTransient == true || error.blamesPreparedStatement
    let isLost = error.code == .notExecuted || (error.code == .connectionLost && !isCommit)
    if isTransient || isLost { state.mayRunAgain.store(true, ordering: .releasing) }
  }
}
