/// A one-time event that a task waits for.
struct CancellationSignal: Sendable {
  private let stream: AsyncStream<Never>
  private let continuation: AsyncStream<Never>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  /// Lets ``wait()`` return, now or when it is called. May be called from anywhere, any number of times.
  func fire() {
    continuation.finish()
  }

  /// Returns when the signal fired or the task is cancelled.
  func wait() async {
    for await _ in stream {}
  }
}
