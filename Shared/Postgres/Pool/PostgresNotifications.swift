/// The notifications of one channel, in order. Ends when the pool is shut down or the iterating task is cancelled.
///
/// Notifications wake; the truth is in the tables. A reader that lags by more than ``capacity`` events loses the
/// newest, and a lost connection loses what was notified meanwhile.
package struct PostgresNotifications: AsyncSequence, Sendable {
  package enum Event: Sendable, Hashable {
    /// The server listens from now on. Comes first, and again after each lost connection: anything may have been
    /// notified in between, so look at the tables.
    case listening
    /// `NOTIFY channel, payload`.
    case notification(payload: String)
  }

  /// Events kept for a reader that lags.
  package static let capacity = 1024

  private let stream: AsyncStream<Event>

  init(_ stream: AsyncStream<Event>) { self.stream = stream }

  package func makeAsyncIterator() -> AsyncStream<Event>.Iterator { stream.makeAsyncIterator() }
}
