/// What the holder of a connection asks of it.
struct Submission: Sendable {
  enum Content: Sendable {
    /// Prepared statements, one batch.
    case statements([StatementRequest], inTransaction: Bool)
    /// Statements without parameters and results, run unprepared, one batch.
    case control([String])
    /// COMMIT or ROLLBACK; answered without the server when the transaction never began.
    case endTransaction(commit: Bool)
    /// Any number of statements in one text, run with the simple protocol.
    case script(String)
    case copyIn(String)
  }

  typealias Reply = CheckedContinuation<Result<[QueryResult], PostgresError>, Never>

  let id: UInt64
  let content: Content
  /// Whether reads may share a batch with other tasks' reads.
  var mayShare = true
  let deadline: ContinuousClock.Instant?
  let reply: Reply?
}

/// A submission on its connection, with what has come of it. Lives on the reactor.
final class PendingRequest {
  /// One command of the pipeline.
  struct Command {
    var role: PipelineStateMachine<PendingRequest>.Role
    /// The statement that it belongs to, by its place in the submission.
    var statement: Int?
    /// The prepared statement that it makes or runs.
    var preparedName: String?
  }

  let submission: Submission
  let work: PipelineStateMachine<PendingRequest>.Work
  let start: ContinuousClock.Instant
  var results: [QueryResult] = []
  var failure: PostgresError?
  /// What was sent for it, in order.
  var commands: [Command] = []
  private var reply: Submission.Reply?

  init(_ submission: Submission, start: ContinuousClock.Instant) {
    self.submission = submission
    self.start = start
    work = Self.work(for: submission)
    reply = submission.reply
  }

  var isInTransaction: Bool {
    switch submission.content {
    case .statements(_, let inTransaction): inTransaction
    case .endTransaction: true
    case .control, .script, .copyIn: false
    }
  }

  var statements: [StatementRequest] {
    if case .statements(let statements, _) = submission.content { statements } else { [] }
  }

  private static func work(for submission: Submission) -> PipelineStateMachine<PendingRequest>.Work {
    switch submission.content {
    case .script, .copyIn: .solo
    case .statements(let statements, false) where submission.mayShare && statements.allSatisfy(\.isReadOnly):
      statements.first?.opensScope == true ? .scoped : .shared
    case .statements, .control, .endTransaction: .own
    }
  }

  /// Answers whoever waits, once; later calls do nothing.
  func resume(_ result: Result<[QueryResult], PostgresError>) {
    reply?.resume(returning: result)
    reply = nil
  }

  /// Whether somebody was answered already or nobody ever waited.
  var isAnswered: Bool { reply == nil }
}
