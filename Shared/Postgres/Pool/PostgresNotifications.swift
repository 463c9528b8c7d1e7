/// The notifications of one channel, in order. Ends when the pool is shut down or the iterating task is cancelled.
package struct PostgresNotifications: AsyncSequence, Sendable {
  package enum Event: Sendable, Hashable {
    /// The server listens from now on. Comes first, and again after each lost connection: anything may have been
    /// notified in between, so look at the tables.
    case listening
    /// `NOTIFY channel, payload`.
    case notification(payload: String)
  }

  private let stream: AsyncStream<Event>

  init(_ stream: AsyncStream<Event>) { self.stream = stream }

  package func makeAsyncIterator() -> AsyncStream<Event>.Iterator { stream.makeAsyncIterator() }
}
