/// What went wrong in a conversation with the database.
///
/// It never holds parameters or row data: the server's DETAIL, HINT, CONTEXT and query text are dropped where the
/// error is read, and its message is kept only for the classes whose messages name nothing but objects and
/// settings (see ``ServerError/message``). So an error may be logged or printed as it is.
package struct PostgresError: Error, Sendable {
  package enum Code: Sendable, Hashable {
    /// The server refused or failed the statement.
    case server(ServerError)
    /// No connection could be made. The text is libpq's, which names hosts and users, never passwords.
    case connectionFailed(reason: String)
    /// The connection broke while the statement was in flight; whether it took effect is unknown.
    case connectionLost
    /// The statement did not run, through no fault of its own; the pool runs it again before it gives up with this.
    case notExecuted
    /// The deadline passed. A statement that had begun is cancelled on the server, unless it just finished.
    case deadlineExceeded
    /// The task was cancelled. A statement that had begun is cancelled on the server, unless it just finished.
    case cancelled
    /// More callers wait for a connection than the pool allows.
    case tooManyWaiters
    /// The pool has not been started, or has been shut down.
    case notRunning
    /// The transaction was used after its body had returned.
    case transactionEnded
    /// A parameter (position counted from 1) cannot be sent.
    case invalidParameter(position: Int, PostgresEncodingError)
    /// A column (counted from 0) cannot be read as the type asked for.
    case decoding(column: Int, PostgresDecodingError)
    /// A statement declared without rows returned some.
    case unexpectedRow
    /// libpq or the server broke the protocol as this module understands it.
    case protocolViolation(reason: String)
  }

  package var code: Code
  /// The statement's ``PostgresStatement/name``, where one statement is to blame.
  package var statement: String?

  package init(_ code: Code, statement: String? = nil) {
    self.code = code
    self.statement = statement
  }

  /// The server's error, when the server reported one.
  package var server: ServerError? {
    if case .server(let error) = code { error } else { nil }
  }

  /// The five-character SQLSTATE, when the server reported an error.
  package var sqlState: SQLState? { server?.sqlState }

  /// The violated constraint, when the server named one.
  package var constraint: String? { server?.constraint }

  func inStatement(_ name: String) -> Self {
    var copy = self
    copy.statement = copy.statement ?? name
    return copy
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String {
    let place = statement.map { " (statement \($0))" } ?? ""
    return "\(summary)\(place)"
  }

  private var summary: String {
    switch code {
    case .server(let error): "\(error)"
    case .connectionFailed(let reason): "no connection to the database: \(reason)"
    case .connectionLost: "the connection to the database was lost"
    case .notExecuted: "the statement was not run, again and again"
    case .deadlineExceeded: "the deadline passed while waiting for the database"
    case .cancelled: "cancelled while waiting for the database"
    case .tooManyWaiters: "too many callers wait for a database connection"
    case .notRunning: "the database pool is not running"
    case .transactionEnded: "the transaction has ended"
    case .invalidParameter(let position, let error): "parameter $\(position) cannot be sent: \(error)"
    case .decoding(let column, let error): "column \(column) cannot be read: \(error)"
    case .unexpectedRow: "the statement returned rows and was declared to return none"
    case .protocolViolation(let reason): "database protocol violation: \(reason)"
    }
  }
}
